CREATE TABLE app.people (at timestamptz, restricted boolean, name text,
    plan text NOT NULL DEFAULT 'free', note varchar(20), bio text NOT NULL,
    email text NOT NULL UNIQUE, ip inet, phone text, born date, extra jsonb, "Odd ""Key" jsonb);
CREATE TABLE app.handles (at timestamptz, handle text, extra_note text);
