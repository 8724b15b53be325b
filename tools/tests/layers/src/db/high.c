#include "core/low.h"
#include "http/side.h"
#include "tests/tap.h"
#include <openssl/evp.h>
