-- dictionary
SELECT `dict_value`, `dict_label`
FROM `sys_dict_data`
WHERE `dict_type` = ? AND `status` = ?
ORDER BY `dict_value`;
-- "hf_status" "0"

-- dictionary of its own table
SELECT `c`, `l`
FROM `d`
ORDER BY `c`;

