-- by a code of another record
SELECT `_d0`, COUNT(*)
FROM (SELECT (SELECT `zt`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1) AS `_d0`, 1 AS `_rows`
FROM `biz_round`) AS r
GROUP BY `_d0`;

-- by text of another record, which the server misreads
SELECT `_d0`, COUNT(*)
FROM (SELECT CONVERT((SELECT `ajmc`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1) USING utf8) COLLATE utf8_bin AS `_d0`, 1 AS `_rows`
FROM `biz_round`) AS r
GROUP BY `_d0`;

-- by month of another record's day
SELECT `_d0`, COUNT(*)
FROM (SELECT
CASE
WHEN (SELECT `slrq`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1) >= '1949-10-01' AND (SELECT `slrq`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1) < '2100-01-01' AND DAY((SELECT `slrq`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1)) BETWEEN 1 AND DAY(LAST_DAY((SELECT `slrq`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1))) THEN EXTRACT(YEAR_MONTH
FROM (SELECT `slrq`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1)) END AS `_d0`, 1 AS `_rows`
FROM `biz_round`) AS r
GROUP BY `_d0`;

-- where another record has a code
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_round`
WHERE ((CONVERT(CONCAT((SELECT `zt`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1)) USING utf8mb4) COLLATE utf8mb4_bin = ? OR (SELECT `zt`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1) IN (?, ?)) OR (TRIM(CONVERT(CONCAT((SELECT `zt`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1)) USING utf8mb4) COLLATE utf8mb4_bin) NOT IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND (SELECT `zt`
FROM `biz_matter`
WHERE (`del_flag` = '0' OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN ('合计', '小计') OR `申请人` IS NULL), 0) AND `id` = `biz_round`.`matter_id`
LIMIT 1) NOT IN (?, ?, ?, ?, ?, ?, ?, ?)))
LIMIT 10001) AS c;
-- "２０" "20" "20.0" "" "0" "０" "0.0" "1" "１" "1.0" "10" "１０" "10.0" "20" "２０" "20.0" "驳回" "0" "0.0" "1" "1.0" "10" "10.0" "20" "20.0"

