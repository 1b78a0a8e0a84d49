-- pages of two parents
(SELECT 0 AS `_parent`, `id`, `ajbh`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zyzh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR `zyzh` = ?) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '1'))
ORDER BY `slrq` DESC, `id` DESC
LIMIT 11)
UNION ALL (SELECT 1 AS `_parent`, `id`, `ajbh`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zyzh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR `zyzh` = ?) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '1'))
ORDER BY `slrq` DESC, `id` DESC
LIMIT 11);
-- "0" "合计" "小计" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "13301201810123456" "１" "是" "1" "1.0" "0" "合计" "小计" "１３３０１２０１９１０６５４３２１" "'13301201910654321" "13301201910654321" "１" "是" "1" "1.0"

-- page of one parent
SELECT 0 AS `_parent`, `id`, `ajbh`, `slrq` AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zyzh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR `zyzh` = ?) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '1'))
ORDER BY `slrq` DESC, `id` DESC
LIMIT 11;
-- "0" "合计" "小计" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "13301201810123456" "１" "是" "1" "1.0"

-- counts of two parents
SELECT 0 AS `_parent`, COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zyzh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR `zyzh` = ?) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '1'))
LIMIT 10001) AS c
UNION ALL SELECT 1 AS `_parent`, COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zyzh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR `zyzh` = ?) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '1'))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "13301201810123456" "１" "是" "1" "1.0" "0" "合计" "小计" "１３３０１２０１９１０６５４３２１" "'13301201910654321" "13301201910654321" "１" "是" "1" "1.0"

-- count
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '1'))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "１" "是" "1" "1.0"

-- count of all
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
LIMIT 10001) AS c;
-- "0" "合计" "小计"

-- by key
SELECT `id`, `ajbh`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `id` IN (?, ?)
ORDER BY `id` ASC
LIMIT 20001;
-- "0" "合计" "小计" "1" "2"

-- by reference
SELECT `id`, `ajbh`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `zyzh` = ?
ORDER BY `id` ASC
LIMIT 20001;
-- "0" "合计" "小计" "13301201810123456"

-- by text key
SELECT `id`, `ajbh`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`id` = ? AND HEX(`id`) <> '0')
ORDER BY `id` ASC
LIMIT 20001;
-- "0" "合计" "小计" "a-1"

-- by composite key; a key of another shape is nowhere
SELECT `matter_id`, `no`
FROM `biz_round`
WHERE ((`matter_id` = ? AND `no` = ?) OR (`matter_id` = ? AND `no` = ?))
ORDER BY `matter_id` ASC, `no` ASC
LIMIT 20001;
-- "7" "1" "7" "2"

