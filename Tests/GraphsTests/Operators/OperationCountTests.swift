import Graphs
import Tensors
import Testing

/// Operations by the DL Workbench's table, per output element.
@Suite struct OperationCountTests {
  static let cases: [(any Operator, [[Int]], Int?)] = [
    (Conv(window: SpatialWindow(kernel: [3, 3])), [[1, 8, 6, 6], [16, 8, 3, 3]], 2 * 8 * 9 * 16 * 16),
    (Conv(window: SpatialWindow(kernel: [3, 3]), group: 8), [[1, 8, 6, 6], [8, 1, 3, 3]], 2 * 9 * 8 * 16),
    (Conv(window: SpatialWindow(kernel: [1, 1]), activation: .relu), [[1, 8, 2, 2], [4, 8, 1, 1]], (16 + 2) * 16),
    (Gemm(transB: true), [[2, 10], [5, 10], [5]], 2 * 10 * 10),
    (MatMul(), [[3, 2, 10], [10, 5]], 2 * 10 * 30),
    (MaxPool(window: SpatialWindow(kernel: [3, 3], strides: [2, 2])), [[1, 2, 7, 7]], 9 * 18),
    (AveragePool(window: SpatialWindow(kernel: [2, 2])), [[1, 2, 3, 3]], 4 * 8),
    (GlobalAveragePool(), [[1, 2, 7, 7]], 98),
    (Relu(), [[1, 10]], 20), (Clip(), [[1, 10]], 20), (PRelu(), [[1, 10], [10]], 20),
    (Add(), [[1, 10], [10]], 10), (Sub(), [[10], [10]], 10), (Mul(), [[10], [10]], 10), (Div(), [[10], [10]], 10),
    (Sum(), [[10], [10], [10]], 20), (Softmax(), [[1, 10]], 50), (Sigmoid(), [[10]], 30), (Tanh(), [[10]], 60),
    (HardSwish(), [[10]], 40), (Transpose(), [[2, 5]], 0), (Concat(axis: 0), [[1], [2]], 0), (Exp(), [[10]], nil),
    (
      ConvTranspose(window: SpatialWindow(kernel: [2, 2], strides: [2, 2])), [[1, 8, 3, 3], [8, 5, 2, 2]],
      2 * 8 * 5 * 36
    ),
    (DepthToSpace(blockSize: 2), [[1, 8, 3, 3]], 0),
  ]

  @Test(arguments: cases.indices)
  func count(_ index: Int) throws {
    let (op, extents, expected) = Self.cases[index]
    let types = try extents.map { ValueType(.float32, try Shape($0)) }
    let outputs = try op.inferTypes(types.map { Operand(type: $0) }, outputCount: 1)
    #expect(op.operationCount(inputs: types, outputs: outputs) == expected, "\(op.name)")
  }
}
