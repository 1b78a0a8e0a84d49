-- one child table
SELECT 0 AS `_roster`, CAST(`ajbh` AS CHAR) AS `_t0`, CAST(`zt` AS CHAR) AS `_t1`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '|')
ORDER BY `id` ASC
LIMIT 3;
-- "0" "合计" "小计" "%公司%"

-- two child tables
(SELECT 0 AS `_roster`, CAST(`ajbh` AS CHAR) AS `_t0`, CAST(`zt` AS CHAR) AS `_t1`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '|')
ORDER BY `id` ASC
LIMIT 3)
UNION ALL (SELECT 1 AS `_roster`, CAST(`ajbh` AS CHAR) AS `_t0`, CAST(`zt` AS CHAR) AS `_t1`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '|')
ORDER BY `id` ASC
LIMIT 3);
-- "0" "合计" "小计" "%公司%" "0" "合计" "小计" "%公司%"

