CREATE TABLE app.calls (id bigint, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE app.calls_1 PARTITION OF app.calls DEFAULT;
CREATE TABLE app.firms (id bigint PRIMARY KEY);
CREATE TABLE app.teams (id bigint PRIMARY KEY, room_id bigint,
    firm_id bigint CONSTRAINT teams_firm_fkey REFERENCES app.firms);
CREATE TABLE app.rooms (id bigint PRIMARY KEY,
    team_id bigint CONSTRAINT rooms_team_fkey REFERENCES app.teams,
    room_id bigint CONSTRAINT rooms_room_fkey REFERENCES app.rooms);
ALTER TABLE app.teams ADD CONSTRAINT teams_room_fkey FOREIGN KEY (room_id) REFERENCES app.rooms;
CREATE TABLE app.users (team_id bigint CONSTRAINT users_team_fkey REFERENCES app.teams,
    at timestamptz);
