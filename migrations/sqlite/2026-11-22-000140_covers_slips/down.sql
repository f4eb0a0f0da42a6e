DROP TABLE slip_items;
DROP TABLE slips;
DROP TABLE measurement_standards;
DROP TABLE covers;
