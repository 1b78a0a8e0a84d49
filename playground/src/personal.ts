/** Whether a text holds what looks like a resident number or a mobile number. */
export function looksPersonal(text: string): boolean {
  return /(?<![0-9A-Za-z])(\d{17}[0-9Xx]|\d{15}|1[3-9]\d{9})(?![0-9A-Za-z])/.test(text.normalize("NFKC"));
}
