# src/enforce/recover.c: open intents are never settled
s/i < state->open_count; i\+\+/i < 0 * state->open_count; i++/
