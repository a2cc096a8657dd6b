import Deployment

/// The page that explains a package to whoever unpacks it.
struct PackageReadme {
  private let model: PackagedModel

  init(_ model: PackagedModel) { self.model = model }

  private var shown: String {
    if model.classCount > 0 { return "prints the most probable class of each picture: index, label and score." }
    let outputs = model.outputs.map { "`\($0.name)` [\($0.extents.map(String.init).joined(separator: ", "))]" }
    return "prints the least, mean and greatest number of each output of each picture, which are\n"
      + outputs.joined(separator: ", ") + "; `--scores FILE` writes all numbers."
  }

  var text: String {
    """
    # \(model.name), \(model.precision)

    A \(model.classCount > 0 ? "classifier of pictures" : "network for pictures") that was packaged by Octet \(model.octet). It needs nothing but the C library of a Linux
    system and a processor of the kind that it was packaged on.

        bin/octet-run picture.jpg

    \(shown) `bin/octet-run --help` shows the options. The
    package runs batches of \(model.batch) in \(model.streams) stream\(model.streams == 1 ? "" : "s") unless told otherwise.

    | place | what |
    |---|---|
    | `bin/octet-run` | runs the model on picture files |
    | `lib/libOctetRuntime.so`, `include/octet_runtime.h` | the same for programs in C and all that can call C |
    | `examples/` | samples in C and Python, of a classifier (`classify`) and of any network (`outputs`) |
    | `model/model.json`, `model.octet`, `labels.txt` | the model as the library runs it, and how pictures are prepared |
    | `model/model.onnx` | the same network for ONNX Runtime and others |
    | `model/model.xml`, `model.bin` | the same network for OpenVINO |
    | `licences/` | the licences of what is in the library |
    | `manifest.json`, `SHA256SUMS` | every file with its size and SHA-256; `sha256sum -c SHA256SUMS` checks them |

    The library gives the same numbers bit for bit as the notebook that the package was made in, on the same kind of
    processor. Other programs round differently, and their numbers are near.
    """ + "\n"
  }
}
