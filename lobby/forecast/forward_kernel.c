/* One forward run of a hall, replicate by replicate: the same calls at the same times, from the same
 * random numbers, as `forward.Run` and `calling_rule.LineHeads` make with numpy, which are what this
 * is held against. It knows no Python, keeps nothing, and reads and writes only what it is given.
 *
 * People are numbered by their places; `size` is anybody yet to come, `size + 1` nobody. The names
 * of the arrays are those of `rule_tables` and `random_numbers`; their shapes stand beside them.
 */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define OPEN (-1e17)
#define TIE 1e-10
#define FAR_S 1e12

#ifndef SOURCE
#define SOURCE "unknown"
#endif

/* What the library was built of: another source has another struct. */
const char *source(void) { return SOURCE; }

typedef struct {
    int64_t replicates, size, lines, counters, coming, steps_max, rows, gaps, pool_width;
    int64_t overtakes_max, is_rule_a, counts, keeps_next, is_booked, has_help, has_own_pool;
    int64_t follows; /* counters wait for those to come, who are counted if they come in the window */
    double done_s, horizon_s, window_s; /* when a counter that is done is free, and where runs end */
    /* people + 2 */
    const double *origin_s, *limit;
    const int64_t *following;
    const uint8_t *overtakes, *is_next, *is_probe, *wanted;
    /* lines */
    const int64_t *first, *pool;
    const double *pace, *head_start_s, *late_s, *later, *full, *rate, *within_s;
    const uint8_t *line_is_premium, *line_is_assistance;
    /* counters; counters x lines; counters x (people + 2) */
    const double *speed, *break_at_s, *break_s;
    const uint8_t *at_premium, *serves, *serves_person;
    /* replicates x counters; replicates x people */
    const double *free_s, *leaves_s;
    /* pools x pool_width; rows x replicates; gaps x lines to come x replicates */
    const double *jobs_s, *comes, *besides_s, *gap;
    const int64_t *job_at;
} Scene;

/* One replicate on its way. */
typedef struct {
    int64_t *head, *gap_at;           /* lines */
    double *origin_s, *limit, *from_s, *key;
    uint8_t *shown;
    double *free_s, *break_at_s;      /* counters */
    uint8_t *overtakes;               /* people + 2 */
    int64_t kept;
} Hall;

static void arrive(const Scene *s, Hall *h, int64_t row, int64_t line)
{
    int64_t to_come = s->lines - s->coming, at = h->gap_at[line] % s->gaps;
    double gap = s->gap[(at * to_come + line - s->coming) * s->replicates + row];
    double from_s = h->from_s[line] + gap / s->rate[line];
    h->gap_at[line]++;
    h->from_s[line] = from_s;
    h->origin_s[line] = s->late_s[line] + s->later[line] * from_s;
    h->limit[line] = s->full[line] - TIE * from_s;
}

static void enter(const Scene *s, Hall *h, int64_t line, int64_t person)
{
    h->head[line] = person;
    h->origin_s[line] = s->origin_s[person];
    h->limit[line] = s->limit[person];
    h->shown[line] = s->is_next[person];
}

/* Keys of the lines that this counter may call from now; below `OPEN` where it may not. */
static void look(const Scene *s, Hall *h, int64_t counter, double now_s)
{
    const uint8_t *serves = s->serves + counter * s->lines;
    for (int64_t line = 0; line < s->lines; line++) {
        double key = now_s - h->origin_s[line];
        if (h->head[line] > s->size || !serves[line] || h->from_s[line] > now_s) {
            h->key[line] = 2 * OPEN;
            continue;
        }
        if (s->is_rule_a) {
            if (s->is_booked && key < s->head_start_s[line])
                key = s->head_start_s[line];
            key *= s->pace[line];
            if (key > h->limit[line])
                key = h->limit[line];
        } else
            key = -h->origin_s[line];
        h->key[line] = key;
    }
}

/* A counter of the premium pool calls of that pool alone while anybody of it waits. */
/* The first head who may be passed no more; beyond everybody where there is none. */
static int64_t first_spent(const Scene *s, const Hall *h)
{
    int64_t first = s->size + 1;
    for (int64_t line = 0; s->counts && line < s->lines; line++)
        if (h->key[line] > OPEN && h->head[line] < first
            && h->overtakes[h->head[line]] >= s->overtakes_max)
            first = h->head[line];
    return first;
}

/* The largest key among lines with heads up to `last`; -1 where nobody is left. */
static int64_t largest(const Scene *s, const Hall *h, int64_t last, const uint8_t *among)
{
    int64_t best = -1;
    double key = OPEN;
    for (int64_t line = 0; line < s->lines; line++)
        if (h->key[line] > key && h->head[line] <= last && (!among || among[line])) {
            key = h->key[line];
            best = line;
        }
    return best;
}

/* Nobody is called past somebody who may be passed no more: a premium counter calls of its own pool
 * while it may. Elsewhere assistance ranks with premium. */
static int64_t best(const Scene *s, const Hall *h, int64_t counter, int64_t spent)
{
    if (s->has_own_pool && s->at_premium[counter]) {
        int64_t own = largest(s, h, spent, s->line_is_premium);
        if (own >= 0)
            return own;
    }
    int64_t line = largest(s, h, spent, NULL);
    if (line >= 0 && s->has_help && s->line_is_premium[line]) {
        int64_t helped = largest(s, h, spent, s->line_is_assistance);
        return helped >= 0 ? helped : line;
    }
    return line;
}

/* The line that the counter calls from now. */
static int64_t choose(const Scene *s, Hall *h, int64_t counter, double now_s)
{
    look(s, h, counter, now_s);
    int64_t spent = first_spent(s, h), next = spent, shown = -1;
    for (int64_t line = 0; s->keeps_next && line < s->lines; line++)
        if (h->shown[line] && h->key[line] > OPEN && h->head[line] < next) {
            next = h->head[line];
            shown = line;
        }
    return shown >= 0 ? shown : best(s, h, counter, spent);
}

/* Who comes next at the same counter is shown as next, one at a time and no probe ticket. */
static void show_next(const Scene *s, Hall *h, int64_t counter, double now_s)
{
    for (int64_t line = 0; line < s->lines; line++)
        if (h->shown[line])
            return;
    look(s, h, counter, now_s);
    for (int64_t line = 0; line < s->lines; line++)
        if (s->is_probe[h->head[line]])
            h->key[line] = 2 * OPEN;
    int64_t line = best(s, h, counter, first_spent(s, h));
    if (line >= 0)
        h->shown[line] = 1;
}

/* Everybody with an earlier place whom the counter could have called is passed once more. */
static void count(const Scene *s, Hall *h, int64_t counter, int64_t until)
{
    const uint8_t *serves = s->serves_person + counter * (s->size + 2);
    int64_t from = until;
    for (int64_t line = 0; line < s->coming; line++)
        if (h->head[line] < from)
            from = h->head[line];
    for (int64_t n = from; n < until; n++)
        h->overtakes[n] = (uint8_t)(h->overtakes[n] + serves[n]);
}

/* Whose first call would come after the beginning of a break has the break before it. */
static double after_break(const Scene *s, Hall *h, int64_t counter, double free_s)
{
    double ends_s = h->break_at_s[counter] + s->break_s[counter];
    if (free_s < h->break_at_s[counter])
        return free_s;
    h->break_at_s[counter] = INFINITY;
    return free_s > ends_s ? free_s : ends_s;
}

/* A counter with nobody to call leaves the run and takes those to come with it; or it waits for the
 * next of them. */
static void idle(const Scene *s, Hall *h, int64_t counter, double now_s)
{
    const uint8_t *serves = s->serves + counter * s->lines;
    double next_s = s->done_s;
    for (int64_t line = s->coming; line < s->lines; line++)
        if (serves[line]) {
            if (!s->follows)
                h->from_s[line] = INFINITY;
            else if (h->from_s[line] > now_s && h->from_s[line] < next_s)
                next_s = h->from_s[line];
        }
    h->free_s[counter] = next_s;
}

static void begin(const Scene *s, Hall *h, int64_t row)
{
    memcpy(h->overtakes, s->overtakes, (size_t)s->size + 2);
    for (int64_t line = 0; line < s->lines; line++) {
        enter(s, h, line, s->first[line]);
        h->from_s[line] = line < s->coming ? -INFINITY : 0.0;
        h->gap_at[line] = 0;
        if (line >= s->coming)
            arrive(s, h, row, line);
    }
    for (int64_t counter = 0; counter < s->counters; counter++) {
        h->break_at_s[counter] = s->break_at_s[counter];
        double free_s = after_break(s, h, counter, s->free_s[row * s->counters + counter]);
        h->free_s[counter] = free_s < s->done_s ? free_s : s->done_s;
    }
}

static void replicate(const Scene *s, Hall *h, int64_t row, int64_t left, double *starts_s)
{
    begin(s, h, row);
    for (int64_t step = 0; step < s->steps_max && left > 0; step++) {
        int64_t counter = 0, at = step % s->rows * s->replicates + row;
        for (int64_t other = 1; other < s->counters; other++)
            if (h->free_s[other] < h->free_s[counter])
                counter = other;
        double now_s = h->free_s[counter];
        if (now_s >= s->horizon_s)
            return;
        int64_t line = choose(s, h, counter, now_s);
        if (line < 0) {
            idle(s, h, counter, now_s);
            continue;
        }
        int64_t person = h->head[line];
        int comes = person == s->size || s->leaves_s[row * s->size + person] > now_s;
        if (person < s->size) {
            starts_s[row * s->size + person] = now_s;
            left -= s->wanted[person];
        } else if (h->from_s[line] <= s->window_s)
            h->kept += now_s - h->from_s[line] <= s->within_s[line];
        double taken_s = s->jobs_s[s->pool[line] * s->pool_width + s->job_at[at]];
        taken_s = taken_s * s->speed[counter] * s->comes[at] + s->besides_s[at];
        h->free_s[counter] = after_break(s, h, counter, comes ? now_s + taken_s : now_s);
        enter(s, h, line, s->following[person]);
        if (person == s->size)
            arrive(s, h, row, line);
        if (comes && s->counts)
            count(s, h, counter, person);
        if (comes && s->keeps_next)
            show_next(s, h, counter, now_s);
    }
}

/* Fills `starts_s` (replicates x people), infinite before; returns those to come who were called
 * within their promise, -1 without memory. */
int64_t run(const Scene *s, double *starts_s)
{
    size_t lines = (size_t)s->lines, counters = (size_t)s->counters, people = (size_t)s->size + 2;
    double *reals = malloc((4 * lines + 2 * counters) * sizeof(double));
    int64_t *whole = malloc(2 * lines * sizeof(int64_t));
    uint8_t *bytes = malloc(lines + people);
    int64_t left = s->follows; /* who follows those to come is never done before the horizon */
    Hall h = {.head = whole, .gap_at = whole + s->lines, .origin_s = reals,
              .limit = reals + s->lines, .from_s = reals + 2 * s->lines,
              .key = reals + 3 * s->lines, .free_s = reals + 4 * s->lines,
              .break_at_s = reals + 4 * s->lines + s->counters, .shown = bytes,
              .overtakes = bytes + s->lines, .kept = -1};
    for (int64_t person = 0; person < s->size; person++)
        left += s->wanted[person];
    if (reals && whole && bytes) {
        h.kept = 0;
        for (int64_t row = 0; row < s->replicates; row++)
            replicate(s, &h, row, left, starts_s);
    }
    free(reals);
    free(whole);
    free(bytes);
    return h.kept;
}
