-- by key
SELECT `id`, `ajbh`, `zt`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
ORDER BY `id` ASC
LIMIT 21;
-- "0" "合计" "小计"

-- by key, next page
SELECT `id`, `ajbh`, `zt`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `id` > ?
ORDER BY `id` ASC
LIMIT 21;
-- "0" "合计" "小计" "77"

-- newest first
SELECT `id`, `ajbh`, `zt`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
ORDER BY `slrq` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计"

-- newest first, next page
SELECT `id`, `ajbh`, `zt`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`slrq` <= ? OR `slrq` IS NULL) AND (`slrq` < ? OR `slrq` <=> NULL OR `id` < ?)
ORDER BY `slrq` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计" "2023-03-15" "2023-03-15" "77"

-- newest first, next page among those without a date
SELECT `id`, `ajbh`, `zt`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`slrq` IS NULL AND `id` < ?)
ORDER BY `slrq` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计" "77"

-- newest first, last page
SELECT `id`, `ajbh`, `zt`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
ORDER BY `slrq` ASC, `id` ASC
LIMIT 21;
-- "0" "合计" "小计"

-- newest first, page before
SELECT `id`, `ajbh`, `zt`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `slrq` >= ? AND (`slrq` > ? OR `id` > ?)
ORDER BY `slrq` ASC, `id` ASC
LIMIT 21;
-- "0" "合计" "小计" "2023-03-15" "2023-03-15" "77"

-- newest first, page before those without a date
SELECT `id`, `ajbh`, `zt`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`slrq` IS NOT NULL OR `id` > ?)
ORDER BY `slrq` ASC, `id` ASC
LIMIT 21;
-- "0" "合计" "小计" "77"

-- oldest first, next page
SELECT `id`, `ajbh`, `zt`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `slrq` >= ? AND (`slrq` > ? OR `id` > ?)
ORDER BY `slrq` ASC, `id` ASC
LIMIT 21;
-- "0" "合计" "小计" "2023-03-15" "2023-03-15" "77"

-- by number, next page
SELECT `id`, `ajbh`, `zt`, `ajbh` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `ajbh` >= ? AND (`ajbh` > ? OR `id` > ?)
ORDER BY `ajbh` ASC, `id` ASC
LIMIT 21;
-- "0" "合计" "小计" "A-1" "A-1" "77"

-- by a date in text
SELECT `id`, `ajbh`, `zt`,
CASE
WHEN TRIM(`hdsj`) REGEXP '^(一|二|三|四|五|六|七|八|九|〇|零|○){4}年(一|二|三|四|五|六|七|八|九|十|廿|卅){1,3}月(一|二|三|四|五|六|七|八|九|十|廿|卅){1,3}(日|号)( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`hdsj`), '日', 1), '号', 1), '-'), '八', '8'), '一', '1'), '二', '2'), '三', '3'), '四', '4'), '五', '5'), '六', '6'), '七', '7'), '九', '9'), '〇', '0'), '零', '0'), '○', '0'), '年', '-'), '月', '-'), '廿', '2十'), '卅', '3十'), '-十-', '-10-'), '-十-', '-10-'), '-十', '-1'), '十-', '0-'), '十', ''), '-', 3)), '%Y-%m-%d') END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
ORDER BY `_sort` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计"

-- by a date in sorted text, next page
SELECT `id`, `ajbh`, `zt`, `jdrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`jdrq` <= ? OR `jdrq` IS NULL) AND (`jdrq` < ? OR `jdrq` <=> NULL OR `id` < ?)
ORDER BY `jdrq` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计" "20230315" "20230315" "77"

-- by a date in dirty text, next page
SELECT `id`, `ajbh`, `zt`,
CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (IFNULL(CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END, '') < ? OR IFNULL(CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END, '') = ? AND `id` < ?)
ORDER BY `_sort` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计" "2023-03-15" "2023-03-15" "77"

-- by a date in dirty text, next page among those without
SELECT `id`, `ajbh`, `zt`,
CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (IFNULL(CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END, '') < '' OR IFNULL(CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END, '') = '' AND `id` < ?)
ORDER BY `_sort` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计" "77"

-- by a date with an open end, next page
SELECT `id`, `ajbh`, `zt`,
CASE
WHEN `yxq` >= '1949-10-01' AND `yxq` < '2100-01-01' AND `yxq` <> '1990-01-01' AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) THEN DATE_FORMAT(`yxq`, '%Y-%m-%d') END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (IFNULL(CASE
WHEN `yxq` >= '1949-10-01' AND `yxq` < '2100-01-01' AND `yxq` <> '1990-01-01' AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) THEN DATE_FORMAT(`yxq`, '%Y-%m-%d') END, '') > ? OR IFNULL(CASE
WHEN `yxq` >= '1949-10-01' AND `yxq` < '2100-01-01' AND `yxq` <> '1990-01-01' AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) THEN DATE_FORMAT(`yxq`, '%Y-%m-%d') END, '') = ? AND `id` > ?)
ORDER BY `_sort` ASC, `id` ASC
LIMIT 21;
-- "0" "合计" "小计" "2023-03-15" "2023-03-15" "77"

-- by a number, next page
SELECT `id`, `ajbh`, `zt`,
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (IFNULL(CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END, -99999999999999999999999999999999999) < CAST(? AS DECIMAL(65, 30)) OR IFNULL(CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END, -99999999999999999999999999999999999) = CAST(? AS DECIMAL(65, 30)) AND `id` < ?)
ORDER BY `_sort` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计" "2023" "2023" "77"

-- by a number, next page among those without
SELECT `id`, `ajbh`, `zt`,
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (IFNULL(CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END, -99999999999999999999999999999999999) < -99999999999999999999999999999999999 OR IFNULL(CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END, -99999999999999999999999999999999999) = -99999999999999999999999999999999999 AND `id` < ?)
ORDER BY `_sort` DESC, `id` DESC
LIMIT 21;
-- "0" "合计" "小计" "77"

-- composite key, next page
SELECT `matter_id`, `no`, `remark`
FROM `biz_round`
WHERE (`matter_id` > ? OR (`matter_id` = ? AND `no` > ?))
ORDER BY `matter_id` ASC, `no` ASC
LIMIT 21;
-- "7" "7" "2"

-- composite key, page before
SELECT `matter_id`, `no`, `remark`
FROM `biz_round`
WHERE (`matter_id` < ? OR (`matter_id` = ? AND `no` < ?))
ORDER BY `matter_id` DESC, `no` DESC
LIMIT 21;
-- "7" "7" "2"

-- composite key, by a column, next page
SELECT `matter_id`, `no`, `remark`, `remark` AS `_sort`
FROM `biz_round`
WHERE (`remark` <= ? OR `remark` IS NULL) AND (`remark` < ? OR `remark` <=> NULL OR (`matter_id` < ? OR (`matter_id` = ? AND `no` < ?)))
ORDER BY `remark` DESC, `matter_id` DESC, `no` DESC
LIMIT 21;
-- "x" "x" "7" "7" "2"

-- sub-select
SELECT `id`, `ajmc`
FROM (SELECT *
FROM biz_2019
UNION ALL SELECT *
FROM biz_2020) AS t
ORDER BY `id` ASC
LIMIT 21;

