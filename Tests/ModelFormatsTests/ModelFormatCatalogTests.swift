import FoundationEssentials
import ModelFormats
import Testing

@Suite struct ModelFormatCatalogTests {
  private static func withFile<Result>(
    _ name: String, _ bytes: [UInt8]?, _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("octet-\(UInt64.random(in: 0...(.max)))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appendingPathComponent(name)
    if let bytes { try Data(bytes).write(to: url) }
    return try body(url.path)
  }

  @Test(arguments: [
    ("net.onnx", ONNXFile.convolution.bytes), ("NET.ONNX", ONNXFile.convolution.bytes),
    ("model", ONNXFile.convolution.bytes),
  ]) func `A model is found by its extension or its first bytes`(name: String, bytes: [UInt8]) throws {
    #expect(try Self.withFile(name, bytes) { try ModelFormatCatalog.load(path: $0) }.format == "ONNX")
  }

  @Test func `A network description is told from its first word`() throws {
    for text in ["# comment\n\n  name: \"n\"", "layer {", "input: \"x\"", "layers {"] {
      #expect(CaffeFormat.matches(Array(text.utf8)))
    }
    for text in ["hello", "", "# name", "\"name\": 1"] { #expect(!CaffeFormat.matches(Array(text.utf8))) }
  }

  private static let strangers: [(String, [UInt8]?, ModelFormatError.Code, String)] = [
    ("net.onnx", nil, ModelFormatError.Code.unreadableFile, "there is no such file"),
    ("net.onnx", [], .emptyFile, "is empty"),
    ("net.onnx", [0xFF, 0xD8, 0xFF, 0xE0], .foreignFile, "is a JPEG picture, not a model in the ONNX format"),
    ("net.onnx", Array("PK\u{3}\u{4}".utf8), .foreignFile, "ZIP archive"),
    ("net.onnx", Array("hello".utf8), .foreignFile, "is no ONNX model"),
    ("net.onnx", [0x08, 0x08], .foreignFile, "no graph"),
    ("net.prototxt", Array("<?xml version".utf8), .foreignFile, "an XML document"),
    ("net.caffemodel", [0x0A, 0x01, 0x61], .wrongCompanion, "weights: \""),
    ("labels.txt", Array("tench\ngoldfish".utf8), .foreignFile, "ONNX (.onnx), Caffe (.prototxt, .pbtxt)"),
    ("model.tflite", Array("\u{1C}\0\0\0TFL3".utf8), .foreignFile, "TensorFlow Lite"),
  ]

  @Test(arguments: strangers)
  func `A file that is no model is an error that says what it is`(
    name: String, bytes: [UInt8]?, code: ModelFormatError.Code, words: String
  ) throws {
    try Self.withFile(name, bytes) { path in
      let error = #expect(throws: ModelFormatError.self) { try ModelFormatCatalog.load(path: path) }
      #expect(error?.code == code && error?.file == path)
      #expect(error.map { "\($0)" }?.contains(words) == true)
    }
  }

  @Test func `A folder is no model, and ONNX takes no second file`() throws {
    try Self.withFile("net.onnx", ONNXFile.convolution.bytes) { path in
      #expect {
        try ModelFormatCatalog.load(path: path, companion: path)
      } throws: {
        ($0 as? ModelFormatError)?.code == .wrongCompanion
      }
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      #expect {
        try ModelFormatCatalog.load(path: folder)
      } throws: {
        ($0 as? ModelFormatError)?.code == .unreadableFile
      }
    }
  }

  @Test func `Each format has a name and extensions of its own`() {
    let extensions = ModelFormatCatalog.all.flatMap { $0.fileExtensions + ($0.companion?.fileExtensions ?? []) }
    #expect(Set(extensions).count == extensions.count && extensions.allSatisfy { $0 == $0.lowercased() })
    #expect(Set(ModelFormatCatalog.all.map { $0.name }).count == ModelFormatCatalog.all.count)
  }
}
