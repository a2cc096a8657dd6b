import Evaluation
import Tensors
import Testing

@Suite("NumPy files")
struct NumPyArrayTests {
  /// What `numpy.save` writes: the dictionary of the header, the bytes of the elements; and what it was given.
  struct SavedFile: Sendable {
    let header: String
    let elements: [UInt8]
    let shape: [Int]
    let content: TensorElements

    /// NumPy fills the header up to 118 bytes.
    var bytes: [UInt8] {
      let padding = [UInt8](repeating: 0x20, count: 117 - header.utf8.count)
      return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + padding + [0x0A] + elements
    }
  }

  static let files = [
    SavedFile(
      header: "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
      elements: [
        0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0x80, 0x3E, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40, 0, 0, 0xA0, 0x40,
      ],
      shape: [2, 3], content: .float32([1.5, -2, 0.25, 3, 4, 5])),
    SavedFile(
      header: "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }",
      elements: [0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5, 0],
      shape: [2, 3], content: .int16([0, 1, 2, 3, 4, 5])),
    SavedFile(
      header: "{'descr': '>i4', 'fortran_order': False, 'shape': (3,), }",
      elements: [0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE, 0, 1, 0x11, 0x70], shape: [3], content: .int32([1, -2, 70000])),
    SavedFile(
      header: "{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }", elements: [0, 0x3C, 0, 0x38, 0xFF, 0x7B],
      shape: [3], content: .float16([1, 0.5, 65504])),
    SavedFile(
      header: "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", elements: [1, 0], shape: [2],
      content: .bool([true, false])),
    SavedFile(
      header: "{'descr': '<i8', 'fortran_order': False, 'shape': (), }", elements: [7, 0, 0, 0, 0, 0, 0, 0], shape: [],
      content: .int64([7])),
    SavedFile(
      header: "{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", elements: [UInt8](repeating: 0xFF, count: 8),
      shape: [1], content: .uint64([.max])),
    SavedFile(
      header: "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4), }", elements: [], shape: [0, 4],
      content: .float64([])),
  ]

  @Test(arguments: files) func readsWhatNumPyWrote(file: SavedFile) throws {
    let tensor = try Tensor(shape: Shape(file.shape), elements: file.content)
    #expect(try NumPyArray.decode(file.bytes) == tensor)
  }

  @Test(arguments: ElementType.allCases) func readsWhatItWrites(type: ElementType) throws {
    let tensor = try Tensor(shape: Shape([2, 1, 3]), [0, 1, 1, 0, 3, 100] as [Int32]).converted(to: type)
    let bytes = NumPyArray.encode(tensor)
    #expect(bytes.count % 64 == (tensor.byteCount) % 64)
    #expect(try NumPyArray.decode(bytes) == tensor)
  }

  /// Whatever is cut off or changed in a file, it is refused or read, and nothing traps.
  @Test func damagedFilesAreRefused() throws {
    let whole = NumPyArray.encode(Tensor(vector: [1, 2, 3] as [Float]))
    for count in 0..<whole.count {
      #expect(throws: EvaluationError.self) { try NumPyArray.decode(Array(whole[..<count])) }
    }
    for place in 0..<whole.count {
      for value: UInt8 in [0, 0x27, 0x28, 0x39, 0xFF] {
        var damaged = whole
        damaged[place] = value
        _ = try? NumPyArray.decode(damaged)
      }
    }
  }

  @Test(arguments: [
    ("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "type <c8"),
    ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "several fields"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "negative"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (x,), }", "no shape"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 8), }", "too many"),
    ("{'descr': '<f4', 'fortran_order': False}", "without a shape"),
  ])
  func unusableHeadersAreNamed(header: String, cause: String) {
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
    let error = #expect(throws: EvaluationError.self) { try NumPyArray.decode(bytes) }
    #expect(error?.code == .invalidArrayFile)
    #expect(error?.message.contains(cause) == true, "\(error?.message ?? "")")
  }

  @Test func missingFilesAreNamed() {
    let error = #expect(throws: EvaluationError.self) { try NumPyArray.read(path: "/nowhere/x.npy") }
    #expect(error?.code == .unreadableFile)
    let failure = #expect(throws: EvaluationError.self) {
      try NumPyArray.write(Tensor(scalar: Float(1)), path: "/nowhere/x.npy")
    }
    #expect(failure?.code == .cannotWrite)
  }
}
