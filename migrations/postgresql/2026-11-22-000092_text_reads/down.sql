DROP TABLE text_reads;
