CREATE TABLE app.calls (id bigint, at timestamptz, kind text, peer text, PRIMARY KEY (id, at))
    PARTITION BY RANGE (at);
CREATE TABLE app.calls_old PARTITION OF app.calls FOR VALUES FROM (MINVALUE) TO ('2023-01-01')
    PARTITION BY RANGE (at);
CREATE TABLE app.calls_2021 PARTITION OF app.calls_old FOR VALUES FROM (MINVALUE) TO ('2022-01-01');
CREATE TABLE app.calls_2022 PARTITION OF app.calls_old
    FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE TABLE app.calls_new PARTITION OF app.calls FOR VALUES FROM ('2023-01-01') TO (MAXVALUE);
CREATE TABLE app.notes (call_id bigint, call_at timestamptz,
    CONSTRAINT notes_call_fkey FOREIGN KEY (call_id, call_at) REFERENCES app.calls
    ON DELETE CASCADE);
