# src/statement/statement.c: rows that an earlier step deletes are masked and counted too
s/i < step->earlier_count/i < 0 * step->earlier_count/
