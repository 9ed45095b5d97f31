/* The proof that a true equilibrium lies near the numbers printed: Newton's method, in the form of
 * Krawczyk, on the polynomial system of the printed supports. docs/results.md states the system; F
 * has degree 2, so that its second derivatives are constants. F and its Jacobian are computed in
 * rationals at the printed doubles; only the approximate inverse Y comes from floating point, and
 * any Y is good enough that passes the test. */
#include "verify/strategic_system.h"

#include "base/ctx.h"

#include <math.h>
#include <string.h>

enum { UNKNOWNS_MAX = 160 };

/* Puts the largest entry of column c, from row c on, into row c of both tables and makes it 1;
 * false when there is none. */
static bool pivot_row(int n, int c, double *a, double *y)
{
    int best = c;
    for (int r = c + 1; r < n; r++)
        if (fabs(a[r * n + c]) > fabs(a[best * n + c])) best = r;
    if (!(fabs(a[best * n + c]) > 0.0)) return false;
    for (int m = 0; m < n && best != c; m++) {
        const double x = a[c * n + m], z = y[c * n + m];
        a[c * n + m] = a[best * n + m], a[best * n + m] = x;
        y[c * n + m] = y[best * n + m], y[best * n + m] = z;
    }
    const double pivot = a[c * n + c];
    for (int m = 0; m < n; m++) a[c * n + m] /= pivot, y[c * n + m] /= pivot;
    return true;
}

/* Y, by Gauss and Jordan with row exchanges on doubles; false when the matrix looks singular. */
static bool invert(int n, double *a, double *y)
{
    for (int i = 0; i < n * n; i++) y[i] = i % (n + 1) == 0 ? 1.0 : 0.0;
    for (int c = 0; c < n; c++) {
        if (!pivot_row(n, c, a, y)) return false;
        for (int r = 0; r < n; r++) {
            const double factor = a[r * n + c];
            if (r == c || factor == 0.0) continue;
            for (int m = 0; m < n; m++)
                a[r * n + m] -= factor * a[c * n + m], y[r * n + m] -= factor * y[c * n + m];
        }
    }
    for (int i = 0; i < n * n; i++)
        if (!isfinite(y[i])) return false;
    return true;
}

static void raise(ent_rat *most, const ent_rat *x)
{
    if (ent_rat_cmp(x, most) > 0) ent_rat_set(most, x);
}

/* The row of Y (F) and of I - Y J: their sizes, against the largest so far. */
static void measure_row(const ent_sv_system *k, int row, ent_rat *defect, ent_rat *contraction,
                        ent_rat *inverse)
{
    const int n = k->unknowns;
    ent_rat y = ENT_RAT_ZERO, sum = ENT_RAT_ZERO, all = ENT_RAT_ZERO;
    for (int m = 0; m < n; m++) { /* |Y F| and |Y| */
        ent_rat_set_double(&y, k->y[row * n + m]);
        ent_rat_addmul(&sum, &y, &k->f[m]);
        ent_sv_add_size(&all, &y);
    }
    if (ent_rat_sign(&sum) < 0) ent_rat_neg(&sum, &sum);
    raise(defect, &sum);
    raise(inverse, &all);
    ent_rat_set_int(&all, 0);
    for (int c = 0; c < n; c++) {
        ent_rat_set_int(&sum, row == c);
        for (int m = 0; m < n; m++) {
            if (k->y[row * n + m] == 0.0 || ent_rat_sign(ent_sv_system_entry(k, m, c)) == 0)
                continue;
            ent_rat_set_double(&y, k->y[row * n + m]);
            ent_rat_submul(&sum, &y, ent_sv_system_entry(k, m, c));
        }
        ent_sv_add_size(&all, &sum);
    }
    raise(contraction, &all);
    ent_rat_release(&y);
    ent_rat_release(&sum);
    ent_rat_release(&all);
}

/* |Y F| + |I - Y J| r + |Y| L r^2 / 2 <= r, and |I - Y J| + |Y| L r < 1. */
static ent_status judge_contraction(ent_sv_system *k, const ent_json *node)
{
    ent_status st = ENT_OK;
    ent_rat defect = ENT_RAT_ZERO, contraction = ENT_RAT_ZERO, inverse = ENT_RAT_ZERO,
            curve = ENT_RAT_ZERO, one = ENT_RAT_ZERO, half = ENT_RAT_ZERO;
    for (int row = 0; row < k->unknowns; row++) {
        ENT_CHECK_CANCEL(k->v->ctx);
        measure_row(k, row, &defect, &contraction, &inverse);
        raise(&curve, &k->curve[row]);
    }
    ent_rat_mul(&curve, &curve, &inverse);
    ent_rat_mul(&curve, &curve, &k->radius); /* |Y| L r */
    ent_rat_set_int(&one, 1);
    ent_rat_set_ratio(&half, 1, 2);
    ent_rat_mul(&half, &half, &curve);
    ent_rat_add(&half, &half, &contraction);
    ent_rat_sub(&half, &half, &one);
    ent_rat_mul(&half, &half, &k->radius);
    ent_rat_add(&half, &half, &defect);
    ent_rat_add(&contraction, &contraction, &curve);
    if (ent_rat_sign(&half) > 0 || ent_rat_cmp(&contraction, &one) >= 0)
        ent_ledger_refuse(&k->v->c, node,
                          "Newton's method does not prove an equilibrium within this radius");
done:
    ent_rat_release(&defect);
    ent_rat_release(&contraction);
    ent_rat_release(&inverse);
    ent_rat_release(&curve);
    ent_rat_release(&one);
    ent_rat_release(&half);
    return st;
}

static bool holds(const ent_sv_mix *mix, int64_t play)
{
    for (int x = 0; x < mix->n; x++)
        if (mix->play[x] == play) return true;
    return false;
}

/* How far the payoff of a play against a mix can move over the box: sum |u_i| (weight r + a_i r +
 * r^2), and r for the value. */
static void reach(const ent_sv_system *k, const ent_sv_mix *mix, int64_t play, ent_rat *out)
{
    ent_rat step = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    ent_rat_set_int(out, 1);
    for (int x = 0; x < mix->n; x++)
        for (int i = 0; i < k->n; i++) {
            ent_rat_set_int(&size, 0);
            ent_sv_add_size(&size, ent_sv_system_payoff(k, i, mix->play[x] + play));
            ent_rat_add(&step, &mix->weight[x], &k->v->price[i]);
            ent_rat_add(&step, &step, &k->radius);
            ent_rat_addmul(out, &size, &step);
        }
    ent_rat_mul(out, out, &k->radius);
    ent_rat_release(&step);
    ent_rat_release(&size);
}

/* Plays outside the support of one side stay worse: sign 1 for plays of s, -1 for those of the
 * others. */
static ent_status judge_outside(ent_sv_system *k, const ent_sv_square *c, const ent_sv_mix *own,
                                const ent_sv_mix *theirs, int sign)
{
    ent_status st = ENT_OK;
    ent_sv *v = k->v;
    int64_t count = 0, *play = NULL;
    ent_rat gap = ENT_RAT_ZERO, far = ENT_RAT_ZERO;
    ENT_TRY(ent_sv_plays(v, sign > 0 ? c->s : ent_coal_all(v->n) & ~c->s, &count, &play));
    for (int64_t x = 0; x < count; x++) {
        if (holds(own, play[x])) continue;
        ent_sv_against(v, c->s, theirs, play[x], &gap);
        ent_rat_sub(&gap, &k->e->d[c->s], &gap);
        if (sign < 0) ent_rat_neg(&gap, &gap);
        reach(k, theirs, play[x], &far);
        if (ent_rat_cmp(&gap, &far) <= 0)
            ent_ledger_refuse(&v->c, own->node,
                              "a play outside the support may be better within the radius");
    }
done:
    ent_free(play);
    ent_rat_release(&gap);
    ent_rat_release(&far);
    return st;
}

static void judge_weights(ent_sv_system *k, const ent_sv_mix *mix)
{
    for (int x = 0; x < mix->n; x++)
        if (ent_rat_cmp(&mix->weight[x], &k->radius) <= 0)
            ent_ledger_refuse(&k->v->c, mix->node, "a weight does not exceed the radius");
}

/* Profiles outside the lottery stay worth less than those in it. */
static void judge_lottery(ent_sv_system *k)
{
    ent_sv *v = k->v;
    ent_rat gap = ENT_RAT_ZERO, far = ENT_RAT_ZERO, difference = ENT_RAT_ZERO;
    judge_weights(k, &k->lottery);
    for (int64_t p = 0; p < v->m->profiles; p++) {
        if (holds(&k->lottery, p)) continue;
        ent_rat_sub(&gap, &v->total[k->lottery.play[0]], &v->total[p]);
        ent_rat_set_int(&far, 0);
        bool same = true;
        for (int i = 0; i < k->n; i++) {
            ent_rat_sub(&difference, ent_sv_system_payoff(k, i, p),
                        ent_sv_system_payoff(k, i, k->lottery.play[0]));
            same = same && ent_rat_sign(&difference) == 0;
            ent_sv_add_size(&far, &difference);
        }
        ent_rat_mul(&far, &far, &k->radius);
        bool twin = same;
        /* the payoffs of another play of the lottery */
        for (int x = 1; x < k->lottery.n && !twin; x++) {
            twin = true;
            for (int i = 0; i < k->n; i++)
                twin = twin && ent_rat_equal(ent_sv_system_payoff(k, i, p),
                                             ent_sv_system_payoff(k, i, k->lottery.play[x]));
        }
        if (!twin && ent_rat_cmp(&gap, &far) <= 0)
            ent_ledger_refuse(&v->c, k->lottery.node,
                              "a play outside the lottery may be worth more within the radius");
    }
    ent_rat_release(&gap);
    ent_rat_release(&far);
    ent_rat_release(&difference);
}

static ent_status judge_box(ent_sv_system *k)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < k->n; i++)
        if (ent_rat_cmp(&k->v->price[i], &k->radius) <= 0)
            ent_ledger_refuse(&k->v->c, k->e->price[i].node, "a price does not exceed the radius");
    for (int c = 0; c < k->conflicts; c++) {
        const ent_sv_square *at = &k->conflict[c];
        judge_weights(k, &at->p);
        judge_weights(k, &at->q);
        ENT_TRY(judge_outside(k, at, &at->p, &at->q, 1));
        ENT_TRY(judge_outside(k, at, &at->q, &at->p, -1));
    }
    judge_lottery(k);
done:
    return st;
}

/* Places of the unknowns; false when a conflict's supports differ in size. */
static ent_status read_supports(ent_sv_system *k, bool *square)
{
    ent_status st = ENT_OK;
    ent_sv *v = k->v;
    const ent_json *conflicts = ent_json_get(k->e->proof, "conflicts");
    int at = k->n, c = 0;
    k->conflicts = (1 << (k->n - 1)) - 1;
    ENT_ALLOC(v->ctx, k->conflict, k->conflicts + 1);
    *square = true;
    for (ent_coal s = 1; s < ent_coal_all(k->n); s += 2, c++) {
        const ent_json *node = NULL;
        ent_sv_square *x = &k->conflict[c];
        ENT_TRY(ent_sv_member_of(v, conflicts, s, &node));
        x->s = s;
        ENT_TRY(ent_sv_mix_read(v, ent_json_get(node, "strategy"), s, &x->p));
        ENT_TRY(ent_sv_mix_read(v, ent_json_get(node, "against"), ent_coal_all(k->n) & ~s, &x->q));
        *square = *square && x->p.n == x->q.n;
        x->first_p = at;
        x->v = at += x->p.n;
        x->first_q = ++at;
        x->w = at += x->q.n;
        at++;
    }
    ENT_TRY(
        ent_sv_mix_read(v, ent_json_get(k->e->node, "lottery"), ent_coal_all(k->n), &k->lottery));
    k->first_l = at;
    k->unknowns = at + k->lottery.n;
done:
    return st;
}

static ent_status prove(ent_sv_system *k, const ent_json *node)
{
    ent_status st = ENT_OK;
    ent_sv *v = k->v;
    const size_t n = (size_t)k->unknowns;
    double *a = NULL;
    k->f = ent_rats_new(v->ctx, n, &st);
    if (k->f) k->j = ent_rats_new(v->ctx, n * n, &st);
    if (k->j) k->curve = ent_rats_new(v->ctx, n, &st);
    if (!k->curve) goto done;
    ENT_ALLOC(v->ctx, k->y, n * n);
    ENT_ALLOC(v->ctx, a, n * n);
    ent_sv_system_fill(k);
    for (size_t x = 0; x < n * n; x++) a[x] = ent_rat_double(&k->j[x]);
    if (!invert(k->unknowns, a, k->y)) {
        ent_ledger_refuse(&v->c, node, "the equations of these supports are not regular");
        goto done;
    }
    ENT_TRY(judge_contraction(k, node));
    ENT_TRY(judge_box(k));
done:
    ent_free(a);
    return st;
}

/* `radius` is a power of ten, and `digits` what it leaves of the smallest price. */
static ent_status read_radius(ent_sv_system *k, const ent_json *node)
{
    static const char *const keys[] = {"digits", "radius", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = k->v;
    const ent_json *radius = NULL;
    ent_rat ten = ENT_RAT_ZERO, scaled = ENT_RAT_ZERO;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "radius", &radius));
    ENT_TRY(ent_json_rat(v->ctx, v->c.doc, radius, &k->radius));
    const double r = ent_rat_double(&k->radius);
    if (!(r > 0.0 && r < 1.0)) {
        st =
            ent_json_fail(v->ctx, v->c.doc, radius, ENT_E_MODEL, "wanted a number between 0 and 1");
        goto done;
    }
    ent_rat_set_int(&ten, 10);
    ent_rat_set(&scaled, &k->radius);
    for (int m = (int)lround(-log10(r)); m > 0; m--) ent_rat_mul(&scaled, &scaled, &ten);
    ent_rat_set_int(&ten, 1);
    if (!ent_rat_equal(&scaled, &ten)) ent_ledger_refuse(&v->c, radius, "not a power of ten");
    const ent_rat *least = &v->price[0];
    for (int i = 1; i < v->n; i++)
        if (ent_rat_cmp(&v->price[i], least) < 0) least = &v->price[i];
    ent_ledger_int(&v->c, ent_ledger_member(&v->c, node, "digits"),
                   (int64_t)floor(-log10(r / ent_rat_double(least))));
done:
    ent_rat_release(&ten);
    ent_rat_release(&scaled);
    return st;
}

static void release(ent_sv_system *k)
{
    const size_t n = (size_t)k->unknowns;
    for (int c = 0; k->conflict && c < k->conflicts; c++) {
        ent_sv_mix_release(&k->conflict[c].p);
        ent_sv_mix_release(&k->conflict[c].q);
    }
    ent_free(k->conflict);
    ent_sv_mix_release(&k->lottery);
    ent_rats_free(k->f, k->f ? n : 0);
    ent_rats_free(k->j, k->j ? n * n : 0);
    ent_rats_free(k->curve, k->curve ? n : 0);
    ent_free(k->y);
    ent_rat_release(&k->radius);
}

/* Weighted payoffs in rationals, or as before. */
static ent_status rigorous_prices(ent_sv *v, bool rigorous)
{
    ent_status st = ENT_OK;
    ent_rat *price = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!price) goto done;
    for (int i = 0; i < v->n; i++) ent_rat_set(&price[i], &v->price[i]);
    v->rigorous = rigorous;
    ENT_TRY(ent_sv_set_prices(v, price, v->prices_exact));
done:
    ent_rats_free(price, (size_t)v->n);
    return st;
}

ent_status ent_sv_enclosure(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    bool square = false;
    const ent_json *node = ent_json_get(e->proof, "enclosure");
    ent_sv_system k = {.v = v, .e = e, .n = v->n, .radius = ENT_RAT_ZERO};
    if (!node) return st;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    ENT_TRY(read_radius(&k, node));
    ENT_TRY(rigorous_prices(v, true));
    ENT_TRY(read_supports(&k, &square));
    if (!square) ent_ledger_refuse(&v->c, node, "the supports of a conflict differ in size");
    else if (k.unknowns > UNKNOWNS_MAX)
        ent_ledger_refuse(&v->c, node, "more than %d unknowns are not proved", UNKNOWNS_MAX);
    else ENT_TRY(prove(&k, node));
    ENT_TRY(rigorous_prices(v, false));
    v->c.word = ENT_EXACT; /* a proof in rationals: the statement about the radius is exact */
    v->c.residual = 0.0;
    ent_ledger_end(
        &v->c, ent_sv_proof_path(path, e, "enclosure"),
        "a true equilibrium lies within the radius of the numbers printed (Newton and Krawczyk, in rationals)");
done:
    release(&k);
    return st;
}
