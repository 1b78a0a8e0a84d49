-- pages of two parents
(SELECT 0 AS `_parent`, `id`, `ajbh`,
CASE
WHEN `slrq` >= '1949-10-01' AND `slrq` < '2100-01-01' AND `slrq` <> '1990-01-01' THEN DATE_FORMAT(`slrq`, '%Y-%m-%d') END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`zyzh` = ? OR (`zyzh` IN (?, ?) AND HEX(`zyzh`) <> '0')) AND (`sfjj` IN (?, ?) OR (`sfjj` IN (?, ?) AND HEX(`sfjj`) <> '0') OR HEX(`sfjj`) = '1')
ORDER BY `_sort` DESC, `id` DESC
LIMIT 11)
UNION ALL (SELECT 1 AS `_parent`, `id`, `ajbh`,
CASE
WHEN `slrq` >= '1949-10-01' AND `slrq` < '2100-01-01' AND `slrq` <> '1990-01-01' THEN DATE_FORMAT(`slrq`, '%Y-%m-%d') END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`zyzh` = ? OR (`zyzh` IN (?, ?) AND HEX(`zyzh`) <> '0')) AND (`sfjj` IN (?, ?) OR (`sfjj` IN (?, ?) AND HEX(`sfjj`) <> '0') OR HEX(`sfjj`) = '1')
ORDER BY `_sort` DESC, `id` DESC
LIMIT 11);
-- ["0" "合计" "小计" "13301201810123456" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "1" "1.0" "１" "是" "0" "合计" "小计" "13301201910654321" "１３３０１２０１９１０６５４３２１" "'13301201910654321" "1" "1.0" "１" "是"]

-- page of one parent
SELECT 0 AS `_parent`, `id`, `ajbh`,
CASE
WHEN `slrq` >= '1949-10-01' AND `slrq` < '2100-01-01' AND `slrq` <> '1990-01-01' THEN DATE_FORMAT(`slrq`, '%Y-%m-%d') END AS `_sort`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`zyzh` = ? OR (`zyzh` IN (?, ?) AND HEX(`zyzh`) <> '0')) AND (`sfjj` IN (?, ?) OR (`sfjj` IN (?, ?) AND HEX(`sfjj`) <> '0') OR HEX(`sfjj`) = '1')
ORDER BY `_sort` DESC, `id` DESC
LIMIT 11;
-- ["0" "合计" "小计" "13301201810123456" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "1" "1.0" "１" "是"]

-- counts of two parents
SELECT 0 AS `_parent`, COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`zyzh` = ? OR (`zyzh` IN (?, ?) AND HEX(`zyzh`) <> '0')) AND (`sfjj` IN (?, ?) OR (`sfjj` IN (?, ?) AND HEX(`sfjj`) <> '0') OR HEX(`sfjj`) = '1')
LIMIT 10001) AS c
UNION ALL SELECT 1 AS `_parent`, COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`zyzh` = ? OR (`zyzh` IN (?, ?) AND HEX(`zyzh`) <> '0')) AND (`sfjj` IN (?, ?) OR (`sfjj` IN (?, ?) AND HEX(`sfjj`) <> '0') OR HEX(`sfjj`) = '1')
LIMIT 10001) AS c;
-- ["0" "合计" "小计" "13301201810123456" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "1" "1.0" "１" "是" "0" "合计" "小计" "13301201910654321" "１３３０１２０１９１０６５４３２１" "'13301201910654321" "1" "1.0" "１" "是"]

-- count
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`sfjj` IN (?, ?) OR (`sfjj` IN (?, ?) AND HEX(`sfjj`) <> '0') OR HEX(`sfjj`) = '1')
LIMIT 10001) AS c;
-- ["0" "合计" "小计" "1" "1.0" "１" "是"]

-- count of all
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0)
LIMIT 10001) AS c;
-- ["0" "合计" "小计"]

-- by key
SELECT `id`, `ajbh`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `id` IN (?, ?)
ORDER BY `id` ASC
LIMIT 20001;
-- ["0" "合计" "小计" "1" "2"]

-- by reference
SELECT `id`, `ajbh`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND `zyzh` = ?
ORDER BY `id` ASC
LIMIT 20001;
-- ["0" "合计" "小计" "13301201810123456"]

-- by text key
SELECT `id`, `ajbh`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`id` = ? AND HEX(`id`) <> '0')
ORDER BY `id` ASC
LIMIT 20001;
-- ["0" "合计" "小计" "a-1"]

-- by composite key; a key of another shape is nowhere
SELECT `matter_id`, `no`
FROM `biz_round`
WHERE ((`matter_id` = ? AND `no` = ?) OR (`matter_id` = ? AND `no` = ?))
ORDER BY `matter_id` ASC, `no` ASC
LIMIT 20001;
-- ["7" "1" "7" "2"]

