import Deployment

/// The page that explains a package to whoever unpacks it.
struct PackageReadme {
  private let model: PackagedModel

  init(_ model: PackagedModel) { self.model = model }

  var text: String {
    """
    # \(model.name), \(model.precision)

    A classifier of pictures that was packaged by Octet \(model.octet). It needs nothing but the C library of a Linux
    system and a processor of the kind that it was packaged on.

        bin/octet-run picture.jpg

    prints the most probable class of each picture: index, label and score. `bin/octet-run --help` shows the options. The
    package runs batches of \(model.batch) in \(model.streams) stream\(model.streams == 1 ? "" : "s") unless told otherwise.

    | place | what |
    |---|---|
    | `bin/octet-run` | classifies picture files |
    | `lib/libOctetRuntime.so`, `include/octet_runtime.h` | the same for programs in C and all that can call C |
    | `examples/` | a sample in C and one in Python; how to run them stands at their top |
    | `model/model.json`, `model.octet`, `labels.txt` | the model as the library runs it, and how pictures are prepared |
    | `model/model.onnx` | the same network for ONNX Runtime and others |
    | `model/model.xml`, `model.bin` | the same network for OpenVINO |
    | `licences/` | the licences of what is in the library |
    | `manifest.json`, `SHA256SUMS` | every file with its size and SHA-256; `sha256sum -c SHA256SUMS` checks them |

    The library gives the same scores bit for bit as the notebook that the package was made in, on the same kind of
    processor. Other programs round differently, and their scores are near.
    """ + "\n"
  }
}
