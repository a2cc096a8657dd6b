/* Runs any packaged network on one picture and prints the first numbers of each output:
 *     cc -I../include outputs.c -L../lib -lOctetRuntime -Wl,-rpath,'$ORIGIN/../lib' -o outputs
 *     ./outputs ../model picture.jpg */
#include <stdio.h>
#include <stdlib.h>

#include "octet_runtime.h"

enum { most_outputs = 16, shown = 4 };

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
  int status = 0;
  float *outputs[most_outputs] = {NULL};
  size_t count = octet_model_output_count(model);
  for (size_t output = 0; output < count && output < most_outputs; ++output) {
    outputs[output] = calloc(octet_model_output_size(model, output), sizeof(float));
    if (outputs[output] == NULL) status = 1;
  }
  const char *paths[] = {argv[2]};
  if (status != 0 || count > most_outputs) {
    fprintf(stderr, "there is no memory for the outputs\n");
    status = 1;
  } else if (octet_run_files(model, paths, 1, OCTET_UPRIGHT, outputs, message, sizeof message) != OCTET_OK) {
    fprintf(stderr, "%s\n", message);
    status = 1;
  } else {
    for (size_t output = 0; output < count; ++output) {
      char name[128];
      octet_model_output_name(model, output, name, sizeof name);
      printf("%s", name);
      for (size_t axis = 0; axis < octet_model_output_rank(model, output); ++axis) {
        printf(axis ? "x%zu" : " %zu", octet_model_output_extent(model, output, axis));
      }
      for (size_t index = 0; index < shown && index < octet_model_output_size(model, output); ++index) {
        printf(" %.9g", (double)outputs[output][index]);
      }
      printf("\n");
    }
  }
  for (size_t output = 0; output < most_outputs; ++output) free(outputs[output]);
  octet_model_close(model);
  return status;
}
