/*
 * split.c - names into words
 *
 * First at signs, digits and capitals; then what is no known word is tried as several of them, the
 * fewest that cover it. A few letters may be left over in front: "wsusername", "tblkunden".
 */
#include "discover/split.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { PIECE_BYTES = 64, PREFIX_BYTES = 12, KNOWN_BYTES = 5 };

/* A letter of Latin-1 in UTF-8 without its accent; NULL if it is none. */
static const char *plain_letter(unsigned char lead, unsigned char next)
{
    /* from U+00C0; a dot stands for a sign that is no letter */
    static const char letters[] =
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y";
    static const char *const single[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                         "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                         "s", "t", "u", "v", "w", "x", "y", "z"};
    if (lead != 0xC3 || next < 0x80 || next > 0xBF)
        return NULL;
    if (next == 0x9F)
        return "ss";
    char letter = letters[next - 0x80];
    return letter == '.' ? NULL : single[letter - 'a'];
}

/* How known words cover a piece: for every end the cheapest last word before it. */
struct cover {
    int cost[PIECE_BYTES + 1]; /* 0: no way to get there */
    size_t from[PIECE_BYTES + 1];
};

static bool may_be_part(const char *word, size_t length, bool at_end)
{
    static const char anywhere[] = " id ip no nr ua os to in up of ",
                      last[] = " at on by ts nm dt tm cd ";
    char padded[] = {' ', word[0], length > 1 ? word[1] : ' ', ' ', '\0'};
    if (length > 2)
        return true;
    return length == 2 &&
           (strstr(anywhere, padded) != NULL || (at_end && strstr(last, padded) != NULL));
}

static void try_word(struct cover *cover, size_t start, size_t length, bool is_known)
{
    static const int costs[] = {0, 0, 16, 14, 11};
    size_t end = start + length;
    int cost = cover->cost[start] + (is_known ? length < 5 ? costs[length] : 10 : 25);
    if (cover->cost[end] != 0 && cover->cost[end] <= cost)
        return;
    cover->cost[end] = cost;
    cover->from[end] = start;
}

static void add_word(struct name *name, int word)
{
    if (name->count < NAME_WORDS)
        name->words[name->count++] = word;
}

static void add_cover(const struct split_words *known, const char *piece, const struct cover *cover,
                      size_t end, struct name *name)
{
    if (end == 0)
        return;
    size_t start = cover->from[end];
    add_cover(known, piece, cover, start, name);
    add_word(name, known->find(known->context, piece + start, end - start));
}

/* With words of at least `shortest` bytes. */
static void extend(const struct split_words *known, const char *piece, size_t length,
                   size_t shortest, struct cover *cover)
{
    for (size_t start = 0; start < length; start++)
        for (size_t part = shortest; cover->cost[start] != 0 && start + part <= length; part++)
            if (may_be_part(piece + start, part, start + part == length) &&
                known->find(known->context, piece + start, part) != UNKNOWN_WORD)
                try_word(cover, start, part, true);
}

/* The piece as several words; false where they do not cover it. */
static bool add_parts(const struct split_words *known, const char *piece, size_t length,
                      struct name *name)
{
    struct cover cover = {.cost = {1}};
    extend(known, piece, length, 2, &cover);
    if (cover.cost[length] == 0) {
        for (size_t prefix = 1; prefix <= PREFIX_BYTES && prefix + KNOWN_BYTES <= length; prefix++)
            try_word(&cover, 0, prefix, false);
        extend(known, piece, length, 4, &cover);
    }
    if (cover.cost[length] == 0)
        return false;
    add_cover(known, piece, &cover, length, name);
    return true;
}

/* A name while it is read. */
struct reader {
    const struct split_words *known;
    struct name name;
    char last[PIECE_BYTES]; /* the piece before, if it is one word */
};

/* "voice_mail" is one word where that is known. */
static bool join(struct reader *reader, const char *piece, size_t length)
{
    char joined[2 * PIECE_BYTES];
    size_t before = strlen(reader->last);
    memcpy(joined, reader->last, before);
    memcpy(joined + before, piece, length);
    int word = before == 0 || isdigit((unsigned char)*piece)
                   ? UNKNOWN_WORD
                   : reader->known->find(reader->known->context, joined, before + length);
    if (word == UNKNOWN_WORD)
        return false;
    struct name *name = &reader->name;
    name->words[name->count - 1] = word;
    name->head = name->count;
    name->front = name->front < name->count ? name->front : name->count - 1;
    reader->last[0] = '\0';
    return true;
}

static void add_piece(struct reader *reader, const char *piece, size_t length)
{
    const struct split_words *known = reader->known;
    struct name *name = &reader->name;
    if (length == 0 || join(reader, piece, length))
        return;
    int word = known->find(known->context, piece, length), count = name->count;
    if (name->front == name->count && (length == 1 || (length < 4 && word == UNKNOWN_WORD)))
        name->front++;
    if (word != UNKNOWN_WORD || length < 4 || !add_parts(known, piece, length, name))
        add_word(name, word);
    if (!isdigit((unsigned char)piece[0]))
        name->head = name->count;
    bool is_one = name->count == count + 1 && length < PIECE_BYTES && length > 1;
    memcpy(reader->last, piece, is_one ? length : 0);
    reader->last[is_one ? length : 0] = '\0';
}

static bool begins_word(unsigned char before, const unsigned char *c)
{
    if (isdigit(*c) || isdigit(before))
        return (isdigit(*c) != 0) != (isdigit(before) != 0);
    return isupper(*c) && (islower(before) || (isupper(before) && islower(c[1])));
}

void split_name(const struct split_words *known, const char *text, struct name *ret_name)
{
    char piece[PIECE_BYTES];
    size_t length = 0;
    unsigned char before = '_';
    struct reader reader = {.known = known};
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; before = *c++) {
        const char *plain = plain_letter(*c, c[1]);
        if (before != '_' && (begins_word(before, c) || length + 3 > PIECE_BYTES)) {
            add_piece(&reader, piece, length);
            length = 0;
        }
        if (plain != NULL) {
            length = (size_t)(stpcpy(piece + length, plain) - piece);
            c++;
        } else if (isalnum(*c) || *c >= 0x80) {
            piece[length++] = (char)tolower(*c);
        } else {
            add_piece(&reader, piece, length);
            length = 0;
        }
    }
    add_piece(&reader, piece, length);
    *ret_name = reader.name;
}
