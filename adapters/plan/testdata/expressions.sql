-- order by receivedOn: day 2006-1-2 20060102 2006年1月2日
CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END;

-- order by acceptedOn: day 
`slrq`;

-- order by decidedOn: day 20060102
`jdrq`;

-- order by closedOn: day 2006年1月2日
CASE
WHEN TRIM(`bjrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])Äê(0{0,1}[1-9]|1[0-2])ÔÂ(0{0,1}[1-9]|[12][0-9]|3[01])ÈÕ( *(£¨|[(]).*(£©|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`bjrq`), 'ÈÕ', 1), 'Äê', '-'), 'ÔÂ', '-')), '%Y-%m-%d')
WHEN TRIM(`bjrq`) REGEXP '£°|£±|£²|£³|£´|£µ|£¶|£·|£¸|£¹' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`bjrq`), '£°', '0'), '£±', '1'), '£²', '2'), '£³', '3'), '£´', '4'), '£µ', '5'), '£¶', '6'), '£·', '7'), '£¸', '8'), '£¹', '9') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])Äê(0{0,1}[1-9]|1[0-2])ÔÂ(0{0,1}[1-9]|[12][0-9]|3[01])ÈÕ( *(£¨|[(]).*(£©|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`bjrq`), '£°', '0'), '£±', '1'), '£²', '2'), '£³', '3'), '£´', '4'), '£µ', '5'), '£¶', '6'), '£·', '7'), '£¸', '8'), '£¹', '9'), 'ÈÕ', 1), 'Äê', '-'), 'ÔÂ', '-')), '%Y-%m-%d') END END;

-- order by validUntil: day 
CASE
WHEN `yxq` >= '1949-10-01' AND `yxq` < '2100-01-01' AND `yxq` <> '1990-01-01' AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) THEN DATE_FORMAT(`yxq`, '%Y-%m-%d') END;

-- order by paidOn: day epoch-ms
`zfsj`;

-- order by enteredOn: day excel 2006/01/02
CASE
WHEN TRIM(`lrrq`) REGEXP '^[0-9]{1,5}([.][0-9]+){0,1}$' AND TRIM(`lrrq`) + 0 >= 40544 AND TRIM(`lrrq`) + 0 < 47484 AND TRIM(`lrrq`) + 0 <> 0 THEN DATE_FORMAT(DATE_ADD('1899-12-30', INTERVAL SUBSTRING_INDEX(TRIM(`lrrq`), '.', 1) DAY), '%Y-%m-%d')
WHEN TRIM(`lrrq`) REGEXP '^(201[1-9]|202[0-9])/(0[1-9]|1[0-2])/(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(LEFT(TRIM(`lrrq`), 10), '/', '-')), '%Y-%m-%d')
WHEN TRIM(`lrrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`lrrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '／', '/') REGEXP '^[0-9]{1,5}([.][0-9]+){0,1}$' AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`lrrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '／', '/') + 0 >= 40544 AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`lrrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '／', '/') + 0 < 47484 AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`lrrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '／', '/') + 0 <> 0 THEN DATE_FORMAT(DATE_ADD('1899-12-30', INTERVAL SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`lrrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '／', '/'), '.', 1) DAY), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`lrrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '／', '/') REGEXP '^(201[1-9]|202[0-9])/(0[1-9]|1[0-2])/(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`lrrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '／', '/'), 10), '/', '-')), '%Y-%m-%d') END END;

-- order by heldOn: day chinese
CASE
WHEN TRIM(`hdsj`) REGEXP '^(一|二|三|四|五|六|七|八|九|〇|零|○){4}年(一|二|三|四|五|六|七|八|九|十|廿|卅){1,3}月(一|二|三|四|五|六|七|八|九|十|廿|卅){1,3}(日|号)( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`hdsj`), '日', 1), '号', 1), '-'), '八', '8'), '一', '1'), '二', '2'), '三', '3'), '四', '4'), '五', '5'), '六', '6'), '七', '7'), '九', '9'), '〇', '0'), '零', '0'), '○', '0'), '年', '-'), '月', '-'), '廿', '2十'), '卅', '3十'), '-十-', '-10-'), '-十-', '-10-'), '-十', '-1'), '十-', '0-'), '十', ''), '-', 3)), '%Y-%m-%d') END;

-- order by changedAt: instant 2006-01-02 15:04:05.0
CASE
WHEN TRIM(`xgsj`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]+( *(（|[(]).*(）|[)])){0,1}$' THEN CONCAT(DATE_FORMAT(DATE(CONCAT(LEFT(TRIM(`xgsj`), 4), '-', SUBSTRING(TRIM(`xgsj`), 6, 2), '-', SUBSTRING(TRIM(`xgsj`), 9, 2))), '%Y-%m-%d'), ' ', LPAD(SUBSTRING(TRIM(`xgsj`), 12, 2), 2, '0'), ':', LPAD(SUBSTRING(TRIM(`xgsj`), 15, 2), 2, '0'), ':', LPAD(SUBSTRING(TRIM(`xgsj`), 18, 2), 2, '0'))
WHEN TRIM(`xgsj`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]+( *(（|[(]).*(）|[)])){0,1}$' THEN CONCAT(DATE_FORMAT(DATE(CONCAT(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 4), '-', SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 6, 2), '-', SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 9, 2))), '%Y-%m-%d'), ' ', LPAD(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 12, 2), 2, '0'), ':', LPAD(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 15, 2), 2, '0'), ':', LPAD(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 18, 2), 2, '0')) END END;

-- order by plannedFor: partialDay 2006-01-02 2006
CASE
WHEN TRIM(`jhsj`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0[0-9]|1[0-2])-([0-2][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(CONCAT(LEFT(TRIM(`jhsj`), 4), '-', REPLACE(SUBSTRING(TRIM(`jhsj`), 6, 2), '00', '01'), '-', REPLACE(SUBSTRING(TRIM(`jhsj`), 9, 2), '00', '01'))), '%Y-%m-%d')
WHEN TRIM(`jhsj`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(CONCAT(LEFT(TRIM(`jhsj`), 4), '-', '01', '-', '01')), '%Y-%m-%d')
WHEN TRIM(`jhsj`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jhsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0[0-9]|1[0-2])-([0-2][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(CONCAT(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jhsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 4), '-', REPLACE(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jhsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 6, 2), '00', '01'), '-', REPLACE(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jhsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 9, 2), '00', '01'))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jhsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(CONCAT(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jhsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 4), '-', '01', '-', '01')), '%Y-%m-%d') END END;

-- order by year: int 
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END;

-- order by share: decimal 
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`bl`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]*){0,1}$' THEN CAST(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`bl`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') AS DECIMAL(65, 30)) END;

-- order by subsidy: money 
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`bt`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', ''), '，', ''), ' ', ''), '人民币', ''), 'RMB', ''), 'CNY', ''), '￥', ''), '¥', ''), '元', ''), '圆', ''), '整', ''), '正', '') REGEXP '^[+-]{0,1}[0-9]+([.][0-9]+){0,1}(分|万|亿){0,1}$' THEN ROUND(CAST(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`bt`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', ''), '，', ''), ' ', ''), '人民币', ''), 'RMB', ''), 'CNY', ''), '￥', ''), '¥', ''), '元', ''), '圆', ''), '整', ''), '正', ''), '分', ''), '万', ''), '亿', '') AS DECIMAL(38, 10)) *
CASE
WHEN TRIM(`bt`) REGEXP '分' THEN 1
WHEN TRIM(`bt`) REGEXP '万' THEN 1000000
WHEN TRIM(`bt`) REGEXP '亿' THEN 10000000000
WHEN TRIM(`bt`) REGEXP '元' THEN 100
WHEN TRIM(`bt`) REGEXP '圆' THEN 100 ELSE 100 END) END;

-- group by acceptedOn
CASE
WHEN `slrq` >= '1949-10-01' AND `slrq` < '2100-01-01' AND DAY(`slrq`) BETWEEN 1 AND DAY(LAST_DAY(`slrq`)) THEN DATE_FORMAT(`slrq`, '%Y-%m-%d') END;

-- group by decidedOn
CASE
WHEN TRIM(`jdrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`jdrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`jdrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jdrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jdrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), 8)), '%Y-%m-%d') END END;

-- group by validUntil
CASE
WHEN `yxq` >= '1949-10-01' AND `yxq` < '2100-01-01' AND `yxq` <> '1990-01-01' AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) THEN DATE_FORMAT(`yxq`, '%Y-%m-%d') END;

-- group by paidOn
CASE
WHEN TRIM(`zfsj`) REGEXP '^-{0,1}[0-9]{1,14}([.][0-9]+){0,1}([eE][+]{0,1}[0-9]{1,2}){0,1}$' AND TRIM(`zfsj`) + 0 >= -639129600000 AND TRIM(`zfsj`) + 0 < 4102416000000 AND TRIM(`zfsj`) + 0 <> 0 THEN DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(TRIM(`zfsj`) / 1000) SECOND), '%Y-%m-%d')
WHEN TRIM(`zfsj`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^-{0,1}[0-9]{1,14}([.][0-9]+){0,1}([eE][+]{0,1}[0-9]{1,2}){0,1}$' AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') + 0 >= -639129600000 AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') + 0 < 4102416000000 AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') + 0 <> 0 THEN DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') / 1000) SECOND), '%Y-%m-%d') END END;

