import FoundationEssentials
import ModelFormats
import Testing

/// Whatever an .xml or .bin file holds, loading gives a model or an error with place and remedy, and does not trap.
@Suite struct OpenVINOHostileFilesTests {
  private static let file = IRFile.quantizedConvolution

  private static func error(_ text: String, _ weights: Data = file.weights) -> ModelFormatError? {
    do {
      _ = try IRFile.load(text, weights)
      return nil
    } catch { return error }
  }

  /// What is changed in a file that is sound, what the error is, and words in it.
  static let damages: [(String, String, ModelFormatError.Code, String)] = [
    ("offset=\"8\"", "offset=\"100000\"", .mismatchedWeights, "net.bin"),
    ("offset=\"8\"", "offset=\"-1\"", .mismatchedWeights, "at -1"),
    ("offset=\"8\"", "offset=\"9223372036854775807\"", .mismatchedWeights, "net.bin"),
    ("offset=\"8\"", "offset=\"9223372036854775808\"", .malformedFile, "must be an integer"),
    ("size=\"2\"", "size=\"3\"", .malformedFile, "3 bytes are not the 2 elements"),
    ("size=\"2\"", "size=\"-2\"", .malformedFile, "-2 bytes"),
    ("shape=\"2,1,1,1\"", "shape=\"4294967296,4294967296\"", .invalidModel, "too many elements"),
    ("shape=\"2,1,1,1\"", "shape=\"-2,1,1,1\"", .invalidModel, "negative"),
    ("element_type=\"i8\"", "element_type=\"nf4\"", .unsupportedFeature, "nf4"),
    ("strides=\"1, 1\"", "strides=\"0, 1\"", .invalidModel, "(Convolution, line"),
    ("strides=\"1, 1\"", "strides=\"one\"", .malformedFile, "strides=\"one\""),
    ("strides=\"1, 1\"", "", .malformedFile, "has no attribute strides"),
    ("pads_end=\"0, 0\"", "pads_end=\"0\"", .invalidModel, "Convolution"),
    ("levels=\"256\"", "levels=\"1\"", .unsupportedFeature, "1 levels"),
    ("type=\"ReLU\"", "type=\"Mystery\"", .unsupportedOperator, "Mystery (layer “y”)"),
    ("type=\"ReLU\" version=\"opset1\"", "type=\"ReLU\" version=\"extension\"", .unsupportedOperator, "extension.ReLU"),
    ("<layer id=\"1\"", "<layer id=\"0\"", .invalidModel, "its id 0"),
    ("<layer id=\"1\"", "<layer id=\"one\"", .malformedFile, "line"),
    ("<edge from-layer=\"0\"", "<edge from-layer=\"77\"", .invalidModel, "edge in line"),
    ("version=\"11\"", "version=\"6\"", .unsupportedVersion, "version 6"),
    ("<net name", "<model name", .foreignFile, ""),
    ("</net>", "", .malformedFile, "in line"),
    ("<net name", "<!DOCTYPE a [<!ENTITY b \"c\">]>\n<net name", .unsupportedFeature, "DOCTYPE"),
    ("</layers>", String(repeating: "<a>", count: 100) + "</layers>", .unsupportedFeature, "64 deep"),
    ("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"none\"?>", .malformedFile, "encoding"),
  ]

  @Test(arguments: damages) func `A damaged file is an error that says where and what to do`(
    old: String, new: String, code: ModelFormatError.Code, words: String
  ) throws {
    #expect(Self.error(Self.file.text) == nil && Self.file.text.contains(old))
    // Where the element </net> was replaced by <model>, its end is replaced too.
    var text = Self.file.text.replacing(old, with: new)
    if new.hasPrefix("<model") { text = text.replacing("</net>", with: "</model>") }
    let error = try #require(Self.error(text))
    #expect(error.code == code && "\(error)".contains(words), "\(error)")
    #expect(error.file != nil && "\(error)".count < 400)
  }

  @Test func `Entities do not grow`() throws {
    let entities = (1...9).map { level in
      "<!ENTITY e\(level) \"" + String(repeating: "&e\(level - 1);", count: 10) + "\">"
    }
    let bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE net [<!ENTITY e0 \"ha\">\(entities.joined())]><net name=\"&e9;\" version=\"11\"/>"
    #expect(Self.error(bomb)?.code == .unsupportedFeature)
  }

  @Test func `A layer that waits for itself is named`() throws {
    var file = IRFile()
    let x = file.parameter("1,2")
    let sum = file.add("Add", "", [x, 2])
    file.result(file.add("ReLU", "", [sum]))
    let error = Self.error(file.text, Data())
    #expect(error?.code == .invalidModel && error?.message.contains("own result") == true)
  }

  @Test func `Weights cut off anywhere are an error that names the file`() {
    for count in 0..<Self.file.weights.count {
      #expect(Self.error(Self.file.text, Self.file.weights.prefix(count)) != nil, "\(count) bytes")
    }
  }

  @Test func `A network cut off anywhere is an error`() {
    let bytes = Array(Self.file.text.utf8)
    for count in 0..<bytes.count - 1 {
      #expect(Self.error(String(decoding: bytes.prefix(count), as: UTF8.self)) != nil, "\(count) bytes")
    }
  }

  @Test(arguments: 0..<8) func `Changed bytes give a model or an error`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let sound = Array(Self.file.text.utf8)
    var failures = 0
    for round in 0..<400 {
      var bytes = sound
      for _ in 0...(round % 4) {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch round % 3 {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[place] = UInt8.random(in: 0x30...0x39, using: &generator)
        default: bytes.removeSubrange(place..<min(place + 5, bytes.count))
        }
      }
      if Self.error(String(decoding: bytes, as: UTF8.self)) != nil { failures += 1 }
    }
    #expect(failures > 50)
  }
}
