// What the normal run asks of pages that are not there as three visitors, as all of them.
import "./routes.test";
