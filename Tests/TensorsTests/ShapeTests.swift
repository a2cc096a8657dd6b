import Tensors
import Testing

@Suite struct ShapeTests {
  @Test(arguments: [([], 1), ([3], 3), ([2, 3, 4], 24), ([2, 0, 4], 0), ([0, 1 << 47], 0)])
  func elementCount(_ extents: [Int], _ count: Int) throws {
    #expect(try Shape(extents).elementCount == count)
  }

  @Test(arguments: [[-1], [2, -3], [1 << 49], [1 << 30, 1 << 30], [0, .max, .max], [.min]])
  func impossibleShapesAreRefused(_ extents: [Int]) {
    let error = #expect(throws: TensorError.self) { try Shape(extents) }
    #expect(error?.code == .invalidShape)
  }

  @Test func strides() throws {
    #expect(try Shape([2, 3, 4]).rowMajorStrides == [12, 4, 1])
    #expect(try Shape([2, 0, 4]).rowMajorStrides == [4, 4, 1])
    #expect(Shape.scalar.rowMajorStrides == [])
    #expect(Shape(vector: -4).dimensions == [0])
    #expect(try Shape([1, 3, 224, 224]).description == "[1, 3, 224, 224]")
  }
}
