#include "../common/lanes__scalar.h"

#define MK_TILE 2
#define MK_SUFFIX __scalar
#include "winograd_f32__vector.h"
