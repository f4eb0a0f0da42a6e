DROP TABLE unit_remarks;
