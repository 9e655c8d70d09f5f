CREATE TABLE app."Weird Calls" (id bigint, at timestamptz, kind text, kept boolean);
CREATE TABLE legal.cases (call_id bigint);
