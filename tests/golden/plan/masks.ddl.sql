CREATE DOMAIN app.money AS numeric(8,2);
CREATE TABLE app.people (at timestamptz, restricted boolean, name text,
    plan text NOT NULL DEFAULT 'free', note varchar(20), bio text NOT NULL,
    email text NOT NULL UNIQUE, ip inet, phone text, born date, extra jsonb, "Odd ""Key" jsonb,
    called time, age int, price app.money, ratio double precision, work varchar(80), home text,
    page varchar(40), referrer text, agent text, ips inet[]);
CREATE TABLE app.handles (at timestamptz, handle text, extra_note text);
