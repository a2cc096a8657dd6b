import FoundationEssentials
import ModelFormats
import Testing

/// Whatever a file holds, loading gives a model or an error, and does not trap.
@Suite struct MalformedFilesTests {
  private static let network = ONNXFile.convolution.bytes
  private static let prototxt = Array(CaffeFiles.convolution.prototxt.utf8)
  private static let caffemodel = CaffeFiles.convolution.caffemodel

  private static func onnx(_ bytes: [UInt8]) -> ModelFormatError? {
    attempt(ModelFiles(main: ModelFile(path: "net.onnx", bytes: Data(bytes))), as: ONNXFormat.self)
  }

  private static func caffe(_ prototxt: [UInt8], _ caffemodel: [UInt8]) -> ModelFormatError? {
    attempt(
      ModelFiles(
        main: ModelFile(path: "net.prototxt", bytes: Data(prototxt)),
        companion: ModelFile(path: "net.caffemodel", bytes: Data(caffemodel))),
      as: CaffeFormat.self)
  }

  private static func attempt(_ files: ModelFiles, as format: any ModelFormat.Type) -> ModelFormatError? {
    do {
      _ = try ModelFormatCatalog.load(files, as: format)
      return nil
    } catch { return error }
  }

  @Test func `The files are well formed before they are damaged`() {
    #expect(Self.onnx(Self.network) == nil)
    #expect(Self.caffe(Self.prototxt, Self.caffemodel) == nil)
  }

  @Test func `A file cut off anywhere is an error that names the file`() throws {
    for count in 0..<Self.network.count {
      // What follows the graph is the operator set: without it the graph cannot be read either.
      let error = try #require(Self.onnx(Array(Self.network.prefix(count))))
      #expect(error.file == "net.onnx" && error.remedy != nil, "\(count) bytes: \(error)")
    }
    for count in 0..<Self.caffemodel.count {
      let error = try #require(Self.caffe(Self.prototxt, Array(Self.caffemodel.prefix(count))))
      #expect(error.file == "net.caffemodel", "\(count) bytes: \(error)")
    }
    for count in 0..<Self.prototxt.count where Self.caffe(Array(Self.prototxt.prefix(count)), Self.caffemodel) == nil {
      Issue.record("\(count) bytes of the prototxt were read as a network")
    }
  }

  @Test(arguments: 0..<8) func `Changed bytes give a model or an error`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var failures = 0
    for round in 0..<600 {
      var files = [Self.network, Self.prototxt, Self.caffemodel]
      for _ in 0...(round % 4) {
        for index in files.indices { Self.damage(&files[index], using: &generator) }
      }
      for error in [Self.onnx(files[0]), Self.caffe(files[1], Self.caffemodel), Self.caffe(Self.prototxt, files[2])] {
        guard let error else { continue }
        failures += 1
        #expect(!error.message.isEmpty && error.file != nil)
      }
    }
    #expect(failures > 600)
  }

  private static func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let position = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: bytes.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF, 0x07], at: position)
    case 3: bytes.removeSubrange(position..<min(position + 7, bytes.count - 1))
    default: bytes.insert(contentsOf: bytes[position..<min(position + 20, bytes.count)], at: position)
    }
    if bytes.isEmpty { bytes = [0] }
  }

  @Test func `Deep nesting and empty messages are errors`() {
    var nested = WireMessage()
    for _ in 0..<10_000 { nested = WireMessage { $0.message(7, nested) } }
    #expect(Self.onnx(nested.bytes) != nil)
    #expect(Self.caffe(Array(String(repeating: "layer { ", count: 100_000).utf8), Self.caffemodel) != nil)
    #expect(Self.caffe([0x00, 0xFF], Self.caffemodel) != nil)
    #expect(Self.caffe(Self.prototxt, []) != nil)
    #expect(Self.onnx([]) != nil)
  }
}
