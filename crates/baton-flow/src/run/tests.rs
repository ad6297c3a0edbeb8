mod agents;
mod gates;
mod walks;
