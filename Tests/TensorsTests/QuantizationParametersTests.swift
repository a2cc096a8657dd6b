import Tensors
import Testing

@Suite struct QuantizationParametersTests {
  @Test func acceptsBothForms() throws {
    #expect(try QuantizationParameters(scale: 0.5, zeroPoint: 255, elementType: .uint8).isPerTensor)
    #expect(try !QuantizationParameters(scales: [1, 2], zeroPoints: [0, 0], axis: 0, elementType: .int8).isPerTensor)
  }

  @Test(
    arguments: [
      ([0], [0], nil, ElementType.int8), ([-1], [0], nil, .int8), ([.nan], [0], nil, .int8),
      ([.infinity], [0], nil, .int8),
      ([1], [128], nil, .int8), ([1], [-1], nil, .uint8), ([1], [0], nil, .int32), ([], [], 0, .int8),
      ([1, 2], [0, 0], nil, .int8), ([1, 2], [0], 0, .int8),
    ] as [([Float], [Int32], Int?, ElementType)])
  func refusesWhatCannotBe(_ scales: [Float], _ zeroPoints: [Int32], _ axis: Int?, _ type: ElementType) {
    let error = #expect(throws: TensorError.self) {
      try QuantizationParameters(scales: scales, zeroPoints: zeroPoints, axis: axis, elementType: type)
    }
    #expect(error?.code == .invalidQuantization)
  }
}
