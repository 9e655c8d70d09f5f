/* status.c - judges a rule: its state, its deadlines, and when what is due will be gone. */
#include "report/status.h"

#include "report/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum rule_state status_rule(const struct policy_status *status, size_t step)
{
    if (status->plan->steps[step].refused != NULL)
        return RULE_REFUSED;
    if (status->overdue[step] > 0)
        return RULE_OVERDUE;
    return status->overdue[step] < 0 ? RULE_UNKNOWN : RULE_ON_TIME;
}

const char *rule_state_name(enum rule_state state)
{
    static const char *const names[] = {"on time", "not counted", "refused", "overdue"};
    return names[state];
}

const char *status_word(const struct policy_status *status)
{
    enum rule_state worst = RULE_ON_TIME;
    if (status->plan == NULL)
        return "not examined";
    for (size_t i = 0; i < status->plan->step_count; i++)
        worst = status_rule(status, i) > worst ? status_rule(status, i) : worst;
    return rule_state_name(worst);
}

/* Noon, so that no day is shorter or longer than another; `text` begins with YYYY-MM-DD. */
static bool parse_day(const char *text, struct tm *ret_day)
{
    int year, month, day;
    if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return false;
    *ret_day =
        (struct tm){.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = 12};
    return true;
}

/* The last day of the month where the day does not exist there, as PostgreSQL adds months. */
static void add_months(struct tm *day, int months)
{
    int month = day->tm_mon + months;
    struct tm end = {.tm_year = day->tm_year, .tm_mon = month + 1, .tm_mday = 0, .tm_hour = 12};
    timegm(&end);
    day->tm_mon = month;
    day->tm_mday = day->tm_mday < end.tm_mday ? day->tm_mday : end.tm_mday;
}

void status_deadline(const struct plan_step *step, const char *date, char ret_date[STATUS_DATE])
{
    struct tm day;
    ret_date[0] = '\0';
    if (date[0] == '\0' || !parse_day(date, &day))
        return;
    add_months(&day, step->rule->keep.months);
    day.tm_mday += step->rule->keep.days;
    timegm(&day);
    strftime(ret_date, STATUS_DATE, "%Y-%m-%d", &day);
}

int64_t status_days(const char *from, const char *to)
{
    struct tm a, b;
    if (!parse_day(from, &a) || !parse_day(to, &b))
        return 0;
    return (int64_t)(timegm(&b) - timegm(&a)) / (24 * 60 * 60);
}

const struct log_rule *status_log_rule(const struct policy_status *status, size_t step)
{
    for (size_t i = 0; status->audit != NULL && i < status->audit->rule_count; i++)
        if (strcmp(status->audit->rules[i].rule, status->plan->steps[step].rule_id) == 0)
            return &status->audit->rules[i];
    return NULL;
}

bool status_is_resurrected(const struct policy_status *status, size_t step)
{
    const struct plan_step *s = &status->plan->steps[step];
    for (size_t i = 0; status->audit != NULL && i < status->audit->resurrected_count; i++)
        if (strcmp(status->audit->resurrected[i], s->rule_id) == 0 ||
            strcmp(status->audit->resurrected[i], s->table->text) == 0)
            return true;
    return false;
}

static int64_t pace(const struct log_rule *rule)
{
    double seconds = 0;
    int64_t changed = 0;
    for (size_t i = 0; i < rule->pass_count; i++) {
        if (rule->passes[i].changed == 0 || rule->passes[i].seconds <= 0)
            continue;
        seconds += rule->passes[i].seconds;
        changed += rule->passes[i].changed;
    }
    return seconds > 0 ? (int64_t)((double)changed / seconds) : -1;
}

/* How far the backlog went down in the last runs, with all that came due meanwhile. */
static void follow_trend(const struct log_rule *rule, int64_t due, struct forecast *forecast)
{
    int64_t runs = (int64_t)rule->pass_count;
    int64_t gone = rule->passes[0].due - due;
    if (rule->passes[0].due < 0)
        return;
    forecast->kind = gone <= 0 ? FORECAST_NEVER : FORECAST_RUNS;
    if (gone > 0)
        forecast->runs = (int64_t)(((double)due * (double)runs) / (double)gone + 0.999999);
}

struct forecast status_forecast(const struct policy_status *status, size_t step)
{
    struct forecast forecast = {.kind = FORECAST_UNKNOWN, .rows_per_second = -1};
    const struct log_rule *rule = status_log_rule(status, step);
    int64_t due = status->counts[step].due;
    if (due < 0 || rule == NULL || rule->pass_count == 0)
        return forecast;
    forecast.rows_per_second = pace(rule);
    if (due == 0 || strcmp(rule->run, status->audit->last.run) != 0)
        return forecast;
    if (strcmp(rule->state, "done") == 0) {
        forecast.kind = FORECAST_RUNS;
        forecast.runs = 1;
    } else if (strcmp(rule->state, "partial") == 0) {
        follow_trend(rule, due, &forecast);
    }
    return forecast;
}

void status_add_duration(double seconds, struct buffer *out)
{
    const struct {
        double least, size;
        const char *unit;
    } units[] = {{72 * 3600, 86400, "days"}, {2 * 3600, 3600, "h"}, {120, 60, "min"}, {0, 1, "s"}};
    size_t i = 0;
    while (seconds < units[i].least)
        i++;
    double number = seconds / units[i].size;
    buffer_addf(out, "%.0f %s", number > 0 && number < 1 ? 1 : number, units[i].unit);
}

void report_status(const struct status *status, enum report_format format, struct buffer *out)
{
    if (format == REPORT_JSON)
        status_as_json(status, out);
    else if (format == REPORT_MARKDOWN)
        status_as_markdown(status, out);
    else
        status_as_text(status, out);
}
