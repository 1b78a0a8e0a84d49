-- everything
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND 1 = 1
LIMIT 10001) AS c;
-- "0" "合计" "小计"

-- code
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zt`) USING utf8mb4) COLLATE utf8mb4_bin = ? OR `zt` IN (?, ?))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "２０" "20" "20.0"

-- codes, one of them a word
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zt`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?, ?) OR `zt` IN (?, ?, ?, ?))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "１" "１０" "驳回" "1" "1.0" "10" "10.0"

-- unlisted codes
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (TRIM(CONVERT(CONCAT(`zt`) USING utf8mb4) COLLATE utf8mb4_bin) NOT IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND `zt` NOT IN (?, ?, ?, ?, ?, ?, ?, ?))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "" "0" "０" "0.0" "1" "１" "1.0" "10" "１０" "10.0" "20" "２０" "20.0" "驳回" "0" "0.0" "1" "1.0" "10" "10.0" "20" "20.0"

-- a code, or an unlisted one
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((CONVERT(CONCAT(`zt`) USING utf8mb4) COLLATE utf8mb4_bin = ? OR `zt` IN (?, ?)) OR (TRIM(CONVERT(CONCAT(`zt`) USING utf8mb4) COLLATE utf8mb4_bin) NOT IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND `zt` NOT IN (?, ?, ?, ?, ?, ?, ?, ?)))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "２０" "20" "20.0" "" "0" "０" "0.0" "1" "１" "1.0" "10" "１０" "10.0" "20" "２０" "20.0" "驳回" "0" "0.0" "1" "1.0" "10" "10.0" "20" "20.0"

-- no value
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND 0 = 1
LIMIT 10001) AS c;
-- "0" "合计" "小计"

-- a code that may be a bit
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`yj`) USING utf8mb4) COLLATE utf8mb4_bin = ? OR (`yj` IN (?, ?) OR HEX(`yj`) = '0'))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "０" "0" "0.0"

-- item of a list of codes
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|' OR CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|' OR CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|' OR CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|' OR CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|' OR CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|')
LIMIT 10001) AS c;
-- "0" "合计" "小计" "%||01||%" "%||０１||%" "%||01.0||%" "%||02||%" "%||０２||%" "%||02.0||%"

-- unlisted item
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|'), '|01|', ''), '|０１|', ''), '|01.0|', ''), '|02|', ''), '|０２|', ''), '|02.0|', ''), '|03|', ''), '|０３|', ''), '|03.0|', ''), '|', '') <> ''
LIMIT 10001) AS c;
-- "0" "合计" "小计"

-- an item, or an unlisted one
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|' OR CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|' OR CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|') LIKE ? ESCAPE '|') OR REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT('|', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`rqlb`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', '|'), '｜', '|'), '|', '||'), '|'), '|01|', ''), '|０１|', ''), '|01.0|', ''), '|02|', ''), '|０２|', ''), '|02.0|', ''), '|03|', ''), '|０３|', ''), '|03.0|', ''), '|', '') <> '')
LIMIT 10001) AS c;
-- "0" "合计" "小计" "%||01||%" "%||０１||%" "%||01.0||%"

-- tick of a group
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(REPLACE(REPLACE(CONVERT(CONCAT(`qd`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '，', ','), ','), ',', 1), ',', -1) IN ('1', '１', '1.0') OR SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(REPLACE(REPLACE(CONVERT(CONCAT(`qd`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '，', ','), ',,,'), ',', 3), ',', -1) IN ('1', '１', '1.0'))
LIMIT 10001) AS c;
-- "0" "合计" "小计"

-- name in a list
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONCAT(',', REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`cbr`) USING utf8mb4) COLLATE utf8mb4_bin, ' ', ''), '、', ','), '，', ','), ',', ',,'), ',') LIKE ? ESCAPE '|')
LIMIT 10001) AS c;
-- "0" "合计" "小计" "%,王|_二,%"

-- flag
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '1'))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "１" "是" "1" "1.0"

-- no flag
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`sfjj`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR (`sfjj` IN (?, ?) OR HEX(`sfjj`) = '0'))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "０" "否" "0" "0.0"

-- town with villages
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) OR CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ?) OR `szxz` = ?)
LIMIT 10001) AS c;
-- "0" "合计" "小计" "临浦" "临浦司法所" "临浦镇" "临浦镇人民政府" "临浦镇办事处" "杭州市萧山区临浦司法所" "杭州市萧山区临浦镇" "杭州市萧山区临浦镇人民政府" "杭州市萧山区人民政府临浦镇办事处" "浙江省杭州市萧山区临浦司法所" "浙江省杭州市萧山区临浦镇" "浙江省杭州市萧山区临浦镇人民政府" "浙江省杭州市萧山区人民政府临浦镇办事处" "萧山临浦司法所" "萧山临浦镇" "萧山临浦镇人民政府" "萧山人民政府临浦镇办事处" "萧山区临浦司法所" "萧山区临浦镇" "萧山区临浦镇人民政府" "萧山区人民政府临浦镇办事处" "330109105___" "330109105"

-- town by old code
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) OR CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? OR CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ?) OR `szxz` IN (?, ?))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "杭州市萧山区人民政府闻堰街道办事处" "杭州市萧山区闻堰司法所" "杭州市萧山区闻堰街道" "杭州市萧山区闻堰街道人民政府" "浙江省杭州市萧山区人民政府闻堰街道办事处" "浙江省杭州市萧山区闻堰司法所" "浙江省杭州市萧山区闻堰街道" "浙江省杭州市萧山区闻堰街道人民政府" "萧山人民政府闻堰街道办事处" "萧山区人民政府闻堰街道办事处" "萧山区闻堰司法所" "萧山区闻堰街道" "萧山区闻堰街道人民政府" "萧山闻堰司法所" "萧山闻堰街道" "萧山闻堰街道人民政府" "闻堰" "闻堰司法所" "闻堰街道" "闻堰街道人民政府" "闻堰街道办事处" "闻堰镇" "330109012___" "330109109___" "330109012" "330109109"

-- department
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND CONVERT(CONCAT(`bm`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?, ?, ?, ?)
LIMIT 10001) AS c;
-- "0" "合计" "小计" "justice" "杭州市萧山区司法局" "区司法局" "萧山区司法局" "司法局"

-- case number in any spelling
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND CONVERT(CONCAT(`wh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?, ?)
LIMIT 10001) AS c;
-- "0" "合计" "小计" "AXSD00-2023-0003" "axsd00-2023-0003" "ＡＸＳＤ００－２０２３－０００３"

-- reference
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`zyzh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR `zyzh` = ?)
LIMIT 10001) AS c;
-- "0" "合计" "小计" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "13301201810123456"

-- number
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END IN (?, ?)
LIMIT 10001) AS c;
-- "0" "合计" "小计" 2023 2024

-- text
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((`ajbh` IN (?, ?) AND (CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin = ? OR `ajbh` = ?)))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "A-1" "7" "A-1" "7"

-- text prefix
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((`ajbh` LIKE ? ESCAPE '|' AND CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '|') AND REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONVERT(CONCAT(`ajbh`) USING utf8mb4), ' ', '-'), '·', '-'), ' ', '-'), ' ', '-'), ' ', '-'), '​', '-'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), '―', '-'), '−', '-'), '　', '-'), '﻿', '-'), '（', '-'), '）', '-'), '－', '-'), '．', '-'), '＋', '-'), '＿', '-'), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') NOT REGEXP ?)
LIMIT 10001) AS c;
-- "0" "合计" "小计" "50|%|_||\\'x%" "50|%|_||\\'x%" "(^|[^0-9])([1-8][ ._()+\t-]*([0-9][ ._()+\t-]*){5}(1[ ._()+\t-]*[89][ ._()+\t-]*|2[ ._()+\t-]*0[ ._()+\t-]*)([0-9][ ._()+\t-]*){2}(0[ ._()+\t-]*[1-9][ ._()+\t-]*|1[ ._()+\t-]*[0-2][ ._()+\t-]*)(0[ ._()+\t-]*[1-9][ ._()+\t-]*|[12][ ._()+\t-]*[0-9][ ._()+\t-]*|3[ ._()+\t-]*[01][ ._()+\t-]*)|[1-8][ ._()+\t-]*([0-9][ ._()+\t-]*){5}([0-9][ ._()+\t-]*){2}(0[ ._()+\t-]*[1-9][ ._()+\t-]*|1[ ._()+\t-]*[0-2][ ._()+\t-]*)(0[ ._()+\t-]*[1-9][ ._()+\t-]*|[12][ ._()+\t-]*[0-9][ ._()+\t-]*|3[ ._()+\t-]*[01][ ._()+\t-]*)([0-9][ ._()+\t-]*){3}([1-8][ ._()+\t-]*([0-9][ ._()+\t-]*){5}(1[ ._()+\t-]*[89][ ._()+\t-]*|2[ ._()+\t-]*0[ ._()+\t-]*)([0-9][ ._()+\t-]*){2}(0[ ._()+\t-]*[1-9][ ._()+\t-]*|1[ ._()+\t-]*[0-2][ ._()+\t-]*)(0[ ._()+\t-]*[1-9][ ._()+\t-]*|[12][ ._()+\t-]*[0-9][ ._()+\t-]*|3[ ._()+\t-]*[01][ ._()+\t-]*)|[1-8][ ._()+\t-]*([0-9][ ._()+\t-]*){5}([0-9][ ._()+\t-]*){2}(0[ ._()+\t-]*[1-9][ ._()+\t-]*|1[ ._()+\t-]*[0-2][ ._()+\t-]*)(0[ ._()+\t-]*[1-9][ ._()+\t-]*|[12][ ._()+\t-]*[0-9][ ._()+\t-]*|3[ ._()+\t-]*[01][ ._()+\t-]*)([0-9][ ._()+\t-]*){3}|((0[ ._()+\t-]*){0,2}8[ ._()+\t-]*6[ ._()+\t-]*|0[ ._()+\t-]*){0,1}1[ ._()+\t-]*[3-9][ ._()+\t-]*([0-9][ ._()+\t-]*){9}|0[ ._()+\t-]*([12][ ._()+\t-]*([0-9][ ._()+\t-]*){9}|[3-9][ ._()+\t-]*(([0-9][ ._()+\t-]*){9}|([0-9][ ._()+\t-]*){10}))|[3-6][ ._()+\t-]*([0-9][ ._()+\t-]*){15}(([0-9][ ._()+\t-]*){3}){0,1}|[^0-9]|$)|((0[ ._()+\t-]*){0,2}8[ ._()+\t-]*6[ ._()+\t-]*|0[ ._()+\t-]*){0,1}1[ ._()+\t-]*[3-9][ ._()+\t-]*([0-9][ ._()+\t-]*){9}([1-8][ ._()+\t-]*([0-9][ ._()+\t-]*){5}(1[ ._()+\t-]*[89][ ._()+\t-]*|2[ ._()+\t-]*0[ ._()+\t-]*)([0-9][ ._()+\t-]*){2}(0[ ._()+\t-]*[1-9][ ._()+\t-]*|1[ ._()+\t-]*[0-2][ ._()+\t-]*)(0[ ._()+\t-]*[1-9][ ._()+\t-]*|[12][ ._()+\t-]*[0-9][ ._()+\t-]*|3[ ._()+\t-]*[01][ ._()+\t-]*)|[1-8][ ._()+\t-]*([0-9][ ._()+\t-]*){5}([0-9][ ._()+\t-]*){2}(0[ ._()+\t-]*[1-9][ ._()+\t-]*|1[ ._()+\t-]*[0-2][ ._()+\t-]*)(0[ ._()+\t-]*[1-9][ ._()+\t-]*|[12][ ._()+\t-]*[0-9][ ._()+\t-]*|3[ ._()+\t-]*[01][ ._()+\t-]*)([0-9][ ._()+\t-]*){3}|((0[ ._()+\t-]*){0,2}8[ ._()+\t-]*6[ ._()+\t-]*|0[ ._()+\t-]*){0,1}1[ ._()+\t-]*[3-9][ ._()+\t-]*([0-9][ ._()+\t-]*){9}|0[ ._()+\t-]*([12][ ._()+\t-]*([0-9][ ._()+\t-]*){9}|[3-9][ ._()+\t-]*(([0-9][ ._()+\t-]*){9}|([0-9][ ._()+\t-]*){10}))|[3-6][ ._()+\t-]*([0-9][ ._()+\t-]*){15}(([0-9][ ._()+\t-]*){3}){0,1}|[^0-9]|$)|0[ ._()+\t-]*([12][ ._()+\t-]*([0-9][ ._()+\t-]*){9}|[3-9][ ._()+\t-]*(([0-9][ ._()+\t-]*){9}|([0-9][ ._()+\t-]*){10}))([^0-9]|$)|[3-6][ ._()+\t-]*([0-9][ ._()+\t-]*){15}(([0-9][ ._()+\t-]*){3}){0,1}([^0-9]|$))"

-- text contents
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '|')
LIMIT 10001) AS c;
-- "0" "合计" "小计" "%临浦%"

-- all text conditions
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((`ajbh` = ? AND CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin = ?) AND (`ajbh` LIKE ? ESCAPE '|' AND CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '|') AND CONVERT(CONCAT(`ajbh`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '|')
LIMIT 10001) AS c;
-- "0" "合计" "小计" "A" "A" "A%" "A%" "%A%"

-- text the server misreads
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((`ajmc` = ? AND CONVERT(`ajmc` USING utf8) COLLATE utf8_bin = ?) AND (`ajmc` LIKE ? ESCAPE '|' AND CONVERT(`ajmc` USING utf8) COLLATE utf8_bin LIKE ? ESCAPE '|') AND NOT IFNULL(((`ajmc` = ? AND CONVERT(`ajmc` USING utf8) COLLATE utf8_bin = ?)), 0))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "ÕÅÈý" "ÕÅÈý" "ÕÅ%" "ÕÅ%" "ÎÞ" "ÎÞ"

-- text the charset lacks
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((CONVERT(`ajmc` USING utf8) COLLATE utf8_bin LIKE ? ESCAPE '|' AND CONVERT(`ajmc` USING latin1) COLLATE latin1_bin REGEXP ?) AND NOT IFNULL(((`ajmc` = ? AND CONVERT(`ajmc` USING utf8) COLLATE utf8_bin = ?)), 0))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "%•4²5%" "^((([\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ][0-9])([\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ][0-9]))*([\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ][0-9]){0,1}([^\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ]|[\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ][@-~\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ€ÿ]|[\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ][^@-~\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ€ÿ0-9]))*(([\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ][0-9])([\u00a0-þ\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ][0-9]))*•4²5" "ÎÞ" "ÎÞ"

-- text with markup
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (CONVERT(CONCAT(`aqjj`) USING utf8mb4) COLLATE utf8mb4_bin = ?)
LIMIT 10001) AS c;
-- "0" "合计" "小计" "张三"

-- day of a DATE
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`slrq` >= ? AND `slrq` < ? AND DAY(`slrq`) BETWEEN 1 AND DAY(LAST_DAY(`slrq`)))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "2023-01-01" "2024-01-01"

-- day of a DATE with placeholders, any
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`yxq` >= ? AND `yxq` < ? AND DAY(`yxq`) BETWEEN 1 AND DAY(LAST_DAY(`yxq`)) AND `yxq` NOT IN (?))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "1949-10-01" "2100-01-01" "1990-01-01"

-- day of sorted text
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND (`jdrq` >= ? AND `jdrq` < ? AND
CASE
WHEN TRIM(`jdrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`jdrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`jdrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jdrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`jdrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), 8)), '%Y-%m-%d') END END IS NOT NULL)
LIMIT 10001) AS c;
-- "0" "合计" "小计" "20230101" "20240101"

-- day of dirty text
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND
CASE
WHEN TRIM(`sqrq`) IN ('1990-1-1') THEN NULL
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(TRIM(`sqrq`), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(TRIM(`sqrq`), 8)), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(TRIM(`sqrq`), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d')
WHEN TRIM(`sqrq`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0{0,1}[1-9]|1[0-2])-(0{0,1}[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '(', 1), '（', 1))), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), 8)), '%Y-%m-%d')
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])年(0{0,1}[1-9]|1[0-2])月(0{0,1}[1-9]|[12][0-9]|3[01])日( *(（|[(]).*(）|[)])){0,1}$' THEN DATE_FORMAT(DATE(REPLACE(REPLACE(SUBSTRING_INDEX(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`sqrq`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '日', 1), '年', '-'), '月', '-')), '%Y-%m-%d') END END BETWEEN ? AND ?
LIMIT 10001) AS c;
-- "0" "合计" "小计" "2023-03-15" "2099-12-31 24"

-- day outside the accepted range
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND 0 = 1
LIMIT 10001) AS c;
-- "0" "合计" "小计"

-- instant
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND
CASE
WHEN TRIM(`xgsj`) REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]+( *(（|[(]).*(）|[)])){0,1}$' THEN CONCAT(DATE_FORMAT(DATE(CONCAT(LEFT(TRIM(`xgsj`), 4), '-', SUBSTRING(TRIM(`xgsj`), 6, 2), '-', SUBSTRING(TRIM(`xgsj`), 9, 2))), '%Y-%m-%d'), ' ', LPAD(SUBSTRING(TRIM(`xgsj`), 12, 2), 2, '0'), ':', LPAD(SUBSTRING(TRIM(`xgsj`), 15, 2), 2, '0'), ':', LPAD(SUBSTRING(TRIM(`xgsj`), 18, 2), 2, '0'))
WHEN TRIM(`xgsj`) REGEXP '０|１|２|３|４|５|６|７|８|９' THEN
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':') REGEXP '^(1949|19[5-9][0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]+( *(（|[(]).*(）|[)])){0,1}$' THEN CONCAT(DATE_FORMAT(DATE(CONCAT(LEFT(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 4), '-', SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 6, 2), '-', SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 9, 2))), '%Y-%m-%d'), ' ', LPAD(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 12, 2), 2, '0'), ':', LPAD(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 15, 2), 2, '0'), ':', LPAD(SUBSTRING(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`xgsj`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), '－', '-'), '：', ':'), 18, 2), 2, '0')) END END BETWEEN ? AND ?
LIMIT 10001) AS c;
-- "0" "合计" "小计" "1949-10-01" "2023-03-14 24"

-- and, or, not
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND ((CONVERT(CONCAT(`zt`) USING utf8mb4) COLLATE utf8mb4_bin = ? OR `zt` IN (?, ?)) AND (((CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) OR CONVERT(CONCAT(`szxz`) USING utf8mb4) COLLATE utf8mb4_bin LIKE ?) OR `szxz` = ?) OR (CONVERT(CONCAT(`zyzh`) USING utf8mb4) COLLATE utf8mb4_bin IN (?, ?) OR `zyzh` = ?)) AND NOT IFNULL((((CONVERT(CONCAT(`yj`) USING utf8mb4) COLLATE utf8mb4_bin = ? OR (`yj` IN (?, ?) OR HEX(`yj`) = '1')) AND
CASE
WHEN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9') REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$' AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) >= 2000 AND (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) <> 9999 THEN (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(TRIM(`nd`), '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9'), ',', '') + 0) END IN (?))), 0))
LIMIT 10001) AS c;
-- "0" "合计" "小计" "２０" "20" "20.0" "杭州市萧山区人民政府楼塔镇办事处" "杭州市萧山区楼塔司法所" "杭州市萧山区楼塔镇" "杭州市萧山区楼塔镇人民政府" "楼塔" "楼塔司法所" "楼塔镇" "楼塔镇人民政府" "楼塔镇办事处" "浙江省杭州市萧山区人民政府楼塔镇办事处" "浙江省杭州市萧山区楼塔司法所" "浙江省杭州市萧山区楼塔镇" "浙江省杭州市萧山区楼塔镇人民政府" "萧山人民政府楼塔镇办事处" "萧山区人民政府楼塔镇办事处" "萧山区楼塔司法所" "萧山区楼塔镇" "萧山区楼塔镇人民政府" "萧山楼塔司法所" "萧山楼塔镇" "萧山楼塔镇人民政府" "330109100___" "330109100" "１３３０１２０１８１０１２３４５６" "'13301201810123456" "13301201810123456" "１" "1" "1.0" 2023

-- or of nothing
SELECT COUNT(*) AS `_count`
FROM (SELECT 1 AS `one`
FROM `biz_matter`
WHERE (`del_flag` = ? OR `del_flag` IS NULL) AND NOT IFNULL((`申请人` IN (?, ?) OR `申请人` IS NULL), 0) AND 1 = 1
LIMIT 10001) AS c;
-- "0" "合计" "小计"

