import Evaluation
import FoundationEssentials
import Tensors
import Testing

@Suite("NumPy files")
struct NumPyArrayTests {
  /// Files that `numpy.save` wrote, in base 64, and what is in them.
  static let files: [(base64: String, Tensor)] = {
    do {
      return [
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAAwAAAgD4AAEBAAACAQAAAoEA=",
          try Tensor(shape: Shape([2, 3]), [1.5, -2, 0.25, 3, 4, 5] as [Float])
        ),
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnPGkyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAMAAQAEAAIABQA=",
          try Tensor(shape: Shape([2, 3]), [0, 1, 2, 3, 4, 5] as [Int16])
        ),
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnPmk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAB/////gABEXA=",
          Tensor(vector: [1, -2, 70000] as [Int32])
        ),
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPAA4/3s=",
          Tensor(vector: [1, 0.5, 65504] as [Float16])
        ),
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAA==",
          Tensor(vector: [true, false])
        ),
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoHAAAAAAAAAA==",
          Tensor(scalar: 7 as Int64)
        ),
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnPHU4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsKSwgfSAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAr//////////w==",
          Tensor(vector: [UInt64.max])
        ),
        (
          "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDAsIDQpLCB9ICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo=",
          try Tensor(shape: Shape([0, 4]), [] as [Double])
        ),
      ]
    } catch {
      Issue.record(error)
      return []
    }
  }()

  @Test(arguments: files.indices) func readsWhatNumPyWrote(index: Int) throws {
    let (base64, tensor) = Self.files[index]
    let bytes = try #require(Data(base64Encoded: base64))
    #expect(try NumPyArray.decode([UInt8](bytes)) == tensor)
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
