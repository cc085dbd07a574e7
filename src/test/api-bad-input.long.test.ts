// The same with all values.
import "./api-bad-input.test";
