CREATE TABLE app.tree (id bigint, at timestamptz, kind text, note text) PARTITION BY RANGE (id);
CREATE TABLE app.tree_1 PARTITION OF app.tree FOR VALUES FROM (MINVALUE) TO (MAXVALUE);
