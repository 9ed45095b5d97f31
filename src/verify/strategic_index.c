/* The index of an equilibrium of three players: the sign of the determinant of -Phi' on the plane
 * sum h = 0, where Phi(a) = psi(a) - a*u(a) is the field whose zeros are the equilibria
 * (docs/strategic.md 2).
 *
 * psi' follows from the envelope theorem: the optimal strategies of the conflicts stay as they are.
 * u(a) moves along the face of F that the lottery spans, infinitely fast: F is thought of as
 * rounded a little, with t K for the derivative of u(a), K >= 0 having the directions of the face
 * as its range, and t large. So the sign is that of det (diag(u) - psi' + t diag(a) K). */
#include "verify/strategic_i.h"

#include <math.h>

enum { PLAYERS = 3 };

typedef struct index_of {
    ent_sv *v;
    ent_sv_equilibrium *e;
    /* strategies are the only optimal ones, up to rounding and to plays that change nothing */
    bool regular;
    double m[PLAYERS][PLAYERS]; /* diag(u) - psi' */
    double size[PLAYERS];       /* largest |u_j|: what the entries of column j are sums of */
    double k[PLAYERS][PLAYERS]; /* diag(a) K */
    int face;                   /* dimension of the face */
} index_of;

static double share(int n, int s)
{
    double out = 1.0 / n;
    for (int k = 1; k < s; k++) out = out * k / (n - k);
    return out;
}

/* Does everybody get the same when one side plays r instead of its mix? */
static bool same_payoffs(const ent_sv *v, int64_t r, const ent_sv_mix *own,
                         const ent_sv_mix *theirs)
{
    int64_t play[1] = {r};
    double whole[1] = {1.0};
    ent_rat one = ENT_RAT_ZERO, mean = ENT_RAT_ZERO, other = ENT_RAT_ZERO;
    bool same = true;
    ent_rat_set_int(&one, 1);
    const ent_sv_mix pure = {.n = 1, .play = play, .weight = &one, .share = whole, .exact = true};
    for (int j = 0; j < v->n; j++) {
        ent_sv_mean_payoff(v, j, own, theirs, &mean);
        ent_sv_mean_payoff(v, j, &pure, theirs, &other);
        same = same && ent_rat_equal(&mean, &other);
    }
    ent_rat_release(&one);
    ent_rat_release(&mean);
    ent_rat_release(&other);
    return same;
}

/* Is every play outside the support strictly worse, or no different, and are the supports equal in
 * size? */
static ent_status judge_strict(index_of *x, ent_coal s, const ent_sv_mix *own,
                               const ent_sv_mix *theirs, int sign)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    int64_t count = 0, *play = NULL;
    ent_rat gap = ENT_RAT_ZERO;
    if (own->n != theirs->n) x->regular = false;
    ENT_TRY(ent_sv_plays(v, sign > 0 ? s : ent_coal_all(v->n) & ~s, &count, &play));
    for (int64_t r = 0; r < count; r++) {
        bool inside = false;
        for (int k = 0; k < own->n; k++) inside = inside || own->play[k] == play[r];
        ent_sv_against(v, s, theirs, play[r], &gap);
        ent_rat_sub(&gap, &x->e->d[s], &gap);
        if (inside ||
            sign * ent_rat_double(&gap) > ENT_LEDGER_APPROXIMATE * ent_rat_double(&v->scale))
            continue;
        if (!same_payoffs(v, play[r], own, theirs)) x->regular = false;
    }
done:
    ent_free(play);
    ent_rat_release(&gap);
    return st;
}

/* The conflict of s adds gamma eps_j U_j to psi'_ij: eps is +1 on the side of i and -1 on the
 * other, seen from the side of i. */
static ent_status add_conflict(index_of *x, ent_coal s, const ent_json *node)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    ent_rat mean = ENT_RAT_ZERO;
    ent_sv_mix mine = {0}, theirs = {0};
    const int size = ent_coal_size(s);
    ENT_TRY(ent_sv_mix_read(v, ent_json_get(node, "strategy"), s, &mine));
    ENT_TRY(ent_sv_mix_read(v, ent_json_get(node, "against"), ent_coal_all(v->n) & ~s, &theirs));
    ENT_TRY(judge_strict(x, s, &mine, &theirs, 1));
    ENT_TRY(judge_strict(x, s, &theirs, &mine, -1));
    for (int j = 0; j < PLAYERS; j++) {
        ent_sv_mean_payoff(v, j, &mine, &theirs, &mean);
        for (int i = 0; i < PLAYERS; i++) {
            const double gamma = share(PLAYERS, ent_coal_has(s, i) ? size : PLAYERS - size);
            const bool together = ent_coal_has(s, i) == ent_coal_has(s, j);
            x->m[i][j] -= (together ? gamma : -gamma) * ent_rat_double(&mean);
        }
    }
done:
    ent_sv_mix_release(&mine);
    ent_sv_mix_release(&theirs);
    ent_rat_release(&mean);
    return st;
}

/* K from the differences of the lottery's payoffs; other plays that are worth as much make the face
 * larger than that. */
static ent_status add_face(index_of *x)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const int64_t profiles = v->m->profiles;
    const double *u = v->m->payoff.value;
    ent_sv_mix lottery = {0};
    ent_rat gap = ENT_RAT_ZERO;
    ENT_TRY(ent_sv_mix_read(v, ent_json_get(x->e->node, "lottery"), ent_coal_all(v->n), &lottery));
    x->face = lottery.n - 1;
    for (int k = 1; k < lottery.n; k++)
        for (int i = 0; i < PLAYERS; i++)
            for (int j = 0; j < PLAYERS; j++)
                x->k[i][j] +=
                    ent_rat_double(&v->price[i]) *
                    (u[i * profiles + lottery.play[k]] - u[i * profiles + lottery.play[0]]) *
                    (u[j * profiles + lottery.play[k]] - u[j * profiles + lottery.play[0]]);
    for (int64_t p = 0; p < profiles; p++) {
        bool known = false; /* the payoffs of a play of the lottery */
        for (int k = 0; k < lottery.n && !known; k++) {
            known = true;
            for (int i = 0; i < PLAYERS; i++)
                known = known && ent_rat_equal(&v->m->payoff.exact[i * profiles + p],
                                               &v->m->payoff.exact[i * profiles + lottery.play[k]]);
        }
        ent_sv_total(v, p, &gap);
        ent_rat_sub(&gap, &v->joint, &gap);
        if (!known && !(ent_rat_double(&gap) > ENT_LEDGER_APPROXIMATE * ent_rat_double(&v->scale)))
            x->regular = false;
    }
done:
    ent_sv_mix_release(&lottery);
    ent_rat_release(&gap);
    return st;
}

/* On the basis (1,0,-1), (0,1,-1): the coefficient of the highest power of t in det (A + t C), t^2
 * for a face of dimension 2. What is small against the terms that it is the difference of counts as
 * nothing. */
static int sign_of_determinant(const index_of *x)
{
    double a[2][2], c[2][2];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            a[i][j] = x->m[i][j] - x->m[i][2];
            c[i][j] = x->k[i][j] - x->k[i][2];
            /* where terms cancel */
            if (fabs(a[i][j]) <= ENT_LEDGER_APPROXIMATE * (x->size[j] + x->size[2])) a[i][j] = 0.0;
        }
    const double det_a = a[0][0] * a[1][1] - a[0][1] * a[1][0],
                 size_a = fabs(a[0][0] * a[1][1]) + fabs(a[0][1] * a[1][0]);
    const double mixed =
        a[0][0] * c[1][1] + c[0][0] * a[1][1] - a[0][1] * c[1][0] - c[0][1] * a[1][0];
    const double size_mixed = fabs(a[0][0] * c[1][1]) + fabs(c[0][0] * a[1][1]) +
                              fabs(a[0][1] * c[1][0]) + fabs(c[0][1] * a[1][0]);
    const double det_c = c[0][0] * c[1][1] - c[0][1] * c[1][0],
                 size_c = fabs(c[0][0] * c[1][1]) + fabs(c[0][1] * c[1][0]);
    const double det = x->face == 0   ? det_a
                       : x->face == 1 ? mixed
                                      : det_c,
                 size = x->face == 0   ? size_a
                        : x->face == 1 ? size_mixed
                                       : size_c;
    if (!(fabs(det) > ENT_LEDGER_APPROXIMATE * size)) return 0;
    return det > 0.0 ? 1 : -1;
}

ent_status ent_sv_index(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    const ent_json *node = ent_json_get(e->node, "index"),
                   *conflicts = ent_json_get(e->proof, "conflicts");
    int64_t claimed = 0;
    char path[ENT_SV_PATH];
    index_of x = {.v = v, .e = e, .regular = true};
    if (!node) return st;
    ENT_TRY(ent_json_int(v->ctx, v->c.doc, node, -1, 1, &claimed));
    if (v->n != PLAYERS)
        return ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL, "wanted three players");
    for (int i = 0; i < PLAYERS; i++) {
        for (int64_t p = 0; p < v->m->profiles; p++)
            x.size[i] = fmax(x.size[i], fabs(v->m->payoff.value[i * v->m->profiles + p]));
        x.m[i][i] += ent_rat_double(&e->utility[i].number);
        /* D_N / n */
        for (int j = 0; j < PLAYERS; j++)
            x.m[i][j] -= ent_rat_double(&e->utility[j].number) / PLAYERS;
    }
    for (ent_coal s = 1; s < ent_coal_all(PLAYERS); s += 2) {
        const ent_json *at = NULL;
        ENT_TRY(ent_sv_member_of(v, conflicts, s, &at));
        ENT_TRY(add_conflict(&x, s, at));
    }
    ENT_TRY(add_face(&x));
    const int sign = sign_of_determinant(&x);
    ent_ledger_begin(&v->c, 1.0);
    ent_ledger_held(&v->c, ENT_VERIFIED, 0.0);
    /* told, and guarded by the sum of the indices alone */
    if (!x.regular || sign == 0) ent_ledger_held(&v->c, ENT_APPROXIMATE, 2.0 * ENT_LEDGER_VERIFIED);
    else if (claimed != sign)
        ent_ledger_refuse(&v->c, node, "the index recomputed from the derivatives is %d", sign);
    ent_ledger_end(
        &v->c, ent_sv_path(path, e, "index"),
        x.regular && sign != 0
            ? "the sign of the determinant, from the derivatives of psi and the face of the lottery"
            : "not regular: told, not recomputed");
done:
    return st;
}
