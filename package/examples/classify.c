/* Classifies one picture:
 *     cc -I../include classify.c -L../lib -lOctetRuntime -Wl,-rpath,'$ORIGIN/../lib' -o classify
 *     ./classify ../model picture.jpg */
#include <stdio.h>
#include <stdlib.h>

#include "octet_runtime.h"

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s MODEL_FOLDER PICTURE\n", argv[0]);
    return 2;
  }
  char message[512];
  octet_model *model = NULL;
  if (octet_model_open(argv[1], 1, 1, &model, message, sizeof message) != OCTET_OK) {
    fprintf(stderr, "%s\n", message);
    return 1;
  }
  int status = 1;
  const char *paths[] = {argv[2]};
  size_t classes = octet_model_class_count(model);
  float *scores = calloc(classes, sizeof *scores);
  if (scores == NULL) {
    fprintf(stderr, "there is no memory for %zu scores\n", classes);
  } else if (octet_classify_files(model, paths, 1, OCTET_UPRIGHT, scores, message, sizeof message) != OCTET_OK) {
    fprintf(stderr, "%s\n", message);
  } else {
    size_t best = 0;
    for (size_t index = 1; index < classes; ++index) {
      if (scores[index] > scores[best]) best = index;
    }
    char label[128];
    octet_model_label(model, best, label, sizeof label);
    printf("%zu %s %.9g\n", best, label, (double)scores[best]);
    status = 0;
  }
  free(scores);
  octet_model_close(model);
  return status;
}
