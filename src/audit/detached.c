/* detached.c - partitions on their way out: detached, then dropped or attached again. */
#include "audit/history.h"
#include "audit/kinds.h"

#include <string.h>

static struct audit_detached *find(struct history *h, const char *partition)
{
    for (size_t i = 0; i < h->detached_count; i++)
        if (h->detached[i].partition != NULL && strcmp(h->detached[i].partition, partition) == 0)
            return &h->detached[i];
    return NULL;
}

static struct audit_detached *free_slot(struct history *h)
{
    for (size_t i = 0; i < h->detached_count; i++)
        if (h->detached[i].partition == NULL)
            return &h->detached[i];
    return ARENA_PUSH(&h->arena, h->detached, h->detached_count);
}

int history_detach(struct history *h, const struct record *record, struct damage *damage)
{
    const char *partition = record_text(record, "partition");
    const struct history_step *step = history_find_step(h, record_text(record, "rule"));
    if (step == NULL || step->ended)
        return damage_set(damage, DAMAGE_CONTENT, "detach of a step that is not under way");
    if (find(h, partition) != NULL)
        return damage_set(damage, DAMAGE_CONTENT, "partition is detached twice");
    *free_slot(h) = (struct audit_detached){
        .rule = arena_strdup(&h->arena, record_text(record, "rule")),
        .partition = arena_strdup(&h->arena, partition),
        .parent = arena_strdup(&h->arena, record_text(record, "parent")),
        .bound = arena_strdup(&h->arena, record_text(record, "bound")),
    };
    return 0;
}

int history_attach(struct history *h, const struct record *record, struct damage *damage)
{
    struct audit_detached *detached = find(h, record_text(record, "partition"));
    if (detached == NULL)
        return damage_set(damage, DAMAGE_CONTENT, "%s of a partition that was not detached",
                          record->kind->name);
    detached->partition = NULL;
    return 0;
}

void history_dropped(struct history *h, const char *partition)
{
    struct audit_detached *detached = find(h, partition);
    if (detached != NULL)
        detached->partition = NULL;
}
