import FoundationEssentials
import Graphs
import ModelFormats
import Tensors
import Testing

@Suite struct ONNXExternalDataTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "octet-\(UInt64.random(in: 0...(.max)))")

  /// Loads a model whose only tensor, two floats, lies where the entries say, beside a file of 16 bytes.
  private func load(_ entries: [(String, String)]) throws -> Tensor? {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var file = ONNXFile()
    file.initializers = [
      ONNXFile.tensor("y", [2]) { tensor in
        for (key, value) in entries {
          tensor.message(
            13,
            WireMessage {
              $0.string(1, key)
              $0.string(2, value)
            })
        }
        tensor.integer(14, 1)
      }
    ]
    let path = folder.appendingPathComponent("net.onnx")
    try Data(file.bytes).write(to: path)
    let weights: [Float] = [1, 2, 3, 4]
    try Data(weights.flatMap { WireMessage.littleEndian($0.bitPattern) }).write(
      to: folder.appendingPathComponent("net.data"))
    let graph = try ModelFormatCatalog.load(path: path.path).graph
    return graph.constant(graph.outputs.first)
  }

  @Test func `Weights are read from a file beside the model`() throws {
    let tensor = try load([("location", "net.data"), ("offset", "4"), ("length", "8")])
    #expect(tensor == Tensor(vector: [2, 3] as [Float]))
  }

  @Test(arguments: [
    ("which one is not said", []),
    ("outside of the model's folder", [("location", "../net.data")]),
    ("outside of the model's folder", [("location", "/etc/passwd")]),
    ("there is no such file", [("location", "other.data")]),
    ("do not fit", [("location", "net.data"), ("offset", "12")]),
    ("do not fit", [("location", "net.data"), ("offset", "-4")]),
    ("do not fit", [("location", "net.data"), ("length", "4")]),
    ("do not fit", [("location", "net.data"), ("offset", "9223372036854775807")]),
  ]) func `Another place is an error`(message: String, entries: [(String, String)]) {
    #expect {
      try load(entries)
    } throws: {
      "\($0)".contains(message)
    }
  }
}
