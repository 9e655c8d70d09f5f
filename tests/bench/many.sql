-- many.sql - so many empty tables, or partitions of one table, that planning itself takes time
--
-- psql variables: tables; partitioned. Partitions lie on two levels, 100 to a parent: to make them
-- on one takes time that grows with their square. Committed bit by bit: each new table is a lock.
CREATE PROCEDURE bench.make_many(tables integer, partitioned boolean) LANGUAGE plpgsql AS $$
DECLARE
    first constant date := '1990-01-01';
    parent text;
BEGIN
    IF partitioned THEN
        CREATE TABLE bench.calls (id bigint, started_at timestamptz)
            PARTITION BY RANGE (started_at);
    END IF;
    FOR i IN 0..tables - 1 LOOP
        IF partitioned AND i % 100 = 0 THEN
            parent := format('bench.calls_from_%s', i);
            EXECUTE format('CREATE TABLE %s PARTITION OF bench.calls FOR VALUES FROM (%L) TO (%L)
                PARTITION BY RANGE (started_at)', parent, first + i, first + i + 100);
        END IF;
        IF partitioned THEN
            EXECUTE format('CREATE TABLE bench.calls_%s PARTITION OF %s
                FOR VALUES FROM (%L) TO (%L)', i, parent, first + i, first + i + 1);
        ELSE
            EXECUTE format('CREATE TABLE bench.calls_%s (id bigint, started_at timestamptz)', i);
        END IF;
        IF i % 100 = 99 THEN
            COMMIT;
        END IF;
    END LOOP;
END $$;
CALL bench.make_many(:tables, :partitioned);
