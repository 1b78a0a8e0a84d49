-- by code
SELECT `zt` AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
GROUP BY `_d0`;
-- "0" "合计" "小计"

-- by town and month
SELECT `szxz` AS `_d0`,
CASE
WHEN `slrq` >= '1949-10-01' AND `slrq` < '2100-01-01' AND DAY(`slrq`) BETWEEN 1 AND DAY(LAST_DAY(`slrq`)) THEN EXTRACT(YEAR_MONTH
FROM `slrq`) END AS `_d1`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
GROUP BY `_d0`, `_d1`;
-- "0" "合计" "小计"

-- by year of a date in text
SELECT LEFT(CASE
WHEN TRIM(`jdrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`jdrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`jdrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jdrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jdrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), 8)), '%Y-%m-%d') END END, 4) AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) OR CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ?) OR `szxz` = ?)
GROUP BY `_d0`;
-- "0" "合计" "小计" "临浦" "临浦司法所" "临浦镇" "临浦镇人民政府" "临浦镇办事处" "杭州市萧山区临浦司法所" "杭州市萧山区临浦镇" "杭州市萧山区临浦镇人民政府" "杭州市萧山区人民政府临浦镇办事处" "浙江省杭州市萧山区临浦司法所" "浙江省杭州市萧山区临浦镇" "浙江省杭州市萧山区临浦镇人民政府" "浙江省杭州市萧山区人民政府临浦镇办事处" "萧山临浦司法所" "萧山临浦镇" "萧山临浦镇人民政府" "萧山人民政府临浦镇办事处" "萧山区临浦司法所" "萧山区临浦镇" "萧山区临浦镇人民政府" "萧山区人民政府临浦镇办事处" "330109105___" "330109105"

-- by day of an epoch
SELECT LEFT(CASE
WHEN TRIM(`zfsj`) REGEXP '^-{0,1}[0-9]{1,14}([.][0-9]+){0,1}([eE][+]{0,1}[0-9]{1,2}){0,1}$' AND TRIM(`zfsj`) + 0 >= -639129600000 AND TRIM(`zfsj`) + 0 < 4102416000000 AND TRIM(`zfsj`) + 0 <> 0 THEN DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(TRIM(`zfsj`) / 1000) SECOND), '%Y-%m-%d')
WHEN TRIM(`zfsj`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^-{0,1}[0-9]{1,14}([.][0-9]+){0,1}([eE][+]{0,1}[0-9]{1,2}){0,1}$' AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') + 0 >= -639129600000 AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') + 0 < 4102416000000 AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') + 0 <> 0 THEN DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`zfsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') / 1000) SECOND), '%Y-%m-%d') END END, 10) AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
GROUP BY `_d0`;
-- "0" "合计" "小计"

-- by text the server misreads
SELECT CONVERT(`ajmc` USING utf8) COLLATE utf8_bin AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
GROUP BY `_d0`;
-- "0" "合计" "小计"

-- by month of a year: its days are readable
SELECT EXTRACT(YEAR_MONTH
FROM `slrq`) AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`slrq` >= ? AND `slrq` < ? AND DAY(`slrq`) BETWEEN 1 AND DAY(LAST_DAY(`slrq`)))
GROUP BY `_d0`;
-- "0" "合计" "小计" "2023-01-01" "2024-01-01"

-- by month of another day's year
SELECT
CASE
WHEN `slrq` >= '1949-10-01' AND `slrq` < '2100-01-01' AND DAY(`slrq`) BETWEEN 1 AND DAY(LAST_DAY(`slrq`)) THEN EXTRACT(YEAR_MONTH
FROM `slrq`) END AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`yxq` >= ? AND `yxq` < ? AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)))
GROUP BY `_d0`;
-- "0" "合计" "小计" "2023-01-01" "2024-01-01"

-- by year where a placeholder is in the range
SELECT
CASE
WHEN `yxq` >= '1949-10-01' AND `yxq` < '2100-01-01' AND `yxq` <> '1990-01-01' AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) THEN YEAR(`yxq`) END AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`yxq` >= ? AND `yxq` < ? AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) AND `yxq` NOT IN (?))
GROUP BY `_d0`;
-- "0" "合计" "小计" "1980-01-01" "2024-01-01" "1990-01-01"

-- of columns known to be numbers
SELECT `zt` AS `_d0`, COUNT(*)
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `zt` IN (?, ?)
GROUP BY `_d0`;
-- 0 "合计" "小计" 1 10

