import Tensors
import Testing

@Suite struct TensorTests {
  @Test func countMustFit() throws {
    let shape = try Shape([2, 3])
    #expect(throws: TensorError(.wrongElementCount, "the shape [2, 3] needs 6 elements, but there are 5")) {
      try Tensor(shape: shape, [Float](repeating: 0, count: 5))
    }
    #expect(throws: TensorError.self) { try Tensor(vector: [Int8(1)]).array(of: UInt8.self) }
    #expect(try Tensor(vector: [1, 2, 3, 4, 5, 6] as [Int32]).reshaped(to: shape).shape == shape)
  }

  @Test func sizesInBytes() throws {
    #expect(try Tensor(shape: Shape([3, 4]), [Float16](repeating: 1, count: 12)).byteCount == 24)
    #expect(ElementType.allCases.map(\.byteCount) == [4, 8, 2, 1, 1, 2, 2, 4, 4, 8, 8, 1])
  }

  @Test(arguments: [
    (ElementType.int8, [Int64](arrayLiteral: -128, 127, -3, 0)), (.uint8, [0, 255, 0, 0]), (.bool, [1, 1, 1, 0]),
    (.int32, [-1000, 300, -3, 0]), (.uint64, [0, 300, 0, 0]),
  ])
  func conversionCutsAndSaturates(_ type: ElementType, _ expected: [Int64]) {
    #expect(
      Tensor(vector: [-1000, 300, -3.9, .nan] as [Float]).converted(to: type).integers?.prefix(3) == expected.prefix(3))
  }

  @Test func specialNumbers() {
    let odd = Tensor(vector: [.nan, .infinity, -.infinity] as [Float])
    #expect(odd.converted(to: .int32).integers == [0, Int64(Int32.max), Int64(Int32.min)])
    #expect(odd.converted(to: .int64).integers == [0, .max, .min])
    #expect(Tensor(vector: [UInt64.max]).integers == nil)
    #expect(Tensor(vector: [UInt64.max]).converted(to: .int64).integers == [.max])
    #expect(Tensor(vector: [65520.0, 1.0009765625]).converted(to: .float16).doubles == [.infinity, 1.0009765625])
    #expect(Tensor(vector: [Int64(1) << 53 + 1]).converted(to: .int32).integers == [Int64(Int32.max)])
  }
}
