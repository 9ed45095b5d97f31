/** efficient_space.h - utilities of two or three interim coordinates as a picture; three are seen
 * from above, each on its own scale. */
#ifndef ENT_EFFICIENT_SPACE_H
#define ENT_EFFICIENT_SPACE_H

#include "report/plot.h"

enum { ENT_SPACE_AXES = 3, ENT_SPACE_CORNERS = 64 };

typedef struct ent_space {
    ent_plot *plot;
    int axes;
    double low[ENT_SPACE_AXES], high[ENT_SPACE_AXES]; /* ranges, high > low */
} ent_space;

/** ent_space_plane - {sum weight u <= bound} over the axes. */
typedef struct ent_space_plane {
    double weight[ENT_SPACE_AXES], bound;
} ent_space_plane;

typedef struct ent_space_polygon {
    int n;
    double x[ENT_SPACE_CORNERS][ENT_SPACE_AXES];
} ent_space_polygon;

/** ent_i_space_axes - axes with their names and ticks; of three, the grid of the ground. */
void ent_i_space_axes(const ent_space *space, char *const *names);

/** ent_i_space_face - what of a plane with positive weights lies above `low` and below all the
 * planes; empty polygons have n = 0. */
void ent_i_space_face(const ent_space *space, int planes, const ent_space_plane *plane, int which,
                      ent_space_polygon *out);

/** ent_i_space_draw - a polygon; with two corners a line. ent_i_space_label - a point's utilities
 * beside it. */
void ent_i_space_draw(const ent_space *space, const ent_space_polygon *polygon, const char *name,
                      int colour);
void ent_i_space_label(const ent_space *space, const double *u);

/** ent_i_space_add - u becomes the next corner, unless there is one at the same place or no
 * room. */
void ent_i_space_add(const ent_space *space, const double *u, ent_space_polygon *polygon);

/** ent_i_space_mark - a point, in three dimensions with the line down to the ground. */
void ent_i_space_mark(const ent_space *space, const char *name, const double *u, int colour);

/** ent_i_space_words - "(45, 15, 36)". */
void ent_i_space_words(const ent_space *space, const double *u, ent_text *out);

#endif
