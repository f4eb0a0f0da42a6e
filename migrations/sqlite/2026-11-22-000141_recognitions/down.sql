DROP TABLE recognition_texts;
DROP TABLE recognition_parties;
DROP TABLE recognitions;
DROP TABLE joint_numbers;
