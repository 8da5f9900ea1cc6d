-- A row that every opened case changes would make all of them wait for each other. A number that a unit took and did not
-- use is left out.
CREATE SEQUENCE case_number;
SELECT setval('case_number', last) FROM case_numbers WHERE id = 1;
DROP TABLE case_numbers;
