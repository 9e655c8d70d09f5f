CREATE TABLE app.users (name text, seen_at timestamptz, kept boolean);
CREATE TABLE app.texts (body text, at timestamptz);
CREATE TABLE app.mails (body text, at timestamptz, read_at timestamptz);
